import { Aperture, ImagePlus, X } from 'lucide-react'
import { useState, type RefObject } from 'react'
import { FileTrigger } from 'react-aria-components'
import { useTranslate } from '../../lib/translate.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import formStyles from '../../ui/form.module.css'
import { photoOf } from './frame-loop.ts'
import styles from './field.module.css'

const types: readonly string[] = ['image/jpeg', 'image/png', 'image/webp']
const largest = 10 * 1024 * 1024
const most = 10

interface PhotoFieldProps {
  photos: readonly Blob[]
  onChange: (photos: readonly Blob[]) => void
  /** Of the camera, while it is on. */
  video: RefObject<HTMLVideoElement | null> | undefined
}

export function PhotoField({ photos, onChange, video }: PhotoFieldProps) {
  const t = useTranslate()
  const [isWrong, setWrong] = useState(false)
  const add = (photo: Blob | undefined): void => {
    if (!photo) return
    const isFine = types.includes(photo.type) && photo.size <= largest && photos.length < most
    setWrong(!isFine)
    if (isFine) onChange([...photos, photo])
  }
  const take = async (): Promise<void> => {
    const film = video?.current
    if (film && film.videoWidth > 0) add(await photoOf(film))
  }
  return (
    <div className={styles.photos}>
      {photos.map((photo, at) => (
        <figure key={at} className={styles.photo}>
          <img ref={showBlob(photo)} alt={t('field.action.photo.shown', { number: at + 1 })} />
          <IconButton
            small
            label={t('field.action.photo.remove', { number: at + 1 })}
            icon={<X aria-hidden />}
            onPress={() => onChange(photos.filter((one) => one !== photo))}
          />
        </figure>
      ))}
      {video && (
        <Button icon={<Aperture aria-hidden />} onPress={() => void take()}>
          {t('field.action.photo.take')}
        </Button>
      )}
      <FileTrigger
        acceptedFileTypes={[...types]}
        {...(!video && { defaultCamera: 'environment' as const })}
        onSelect={(files) => add(files?.[0])}
      >
        <Button icon={<ImagePlus aria-hidden />}>{t('field.action.photo.file')}</Button>
      </FileTrigger>
      {isWrong && <span className={formStyles.wrong}>{t('field.action.photo.wrong')}</span>}
    </div>
  )
}

/** Gives a picture its bytes, and lets them go with it. */
function showBlob(blob: Blob): (image: HTMLImageElement) => () => void {
  return (image) => {
    const url = URL.createObjectURL(blob)
    image.src = url
    return () => URL.revokeObjectURL(url)
  }
}
