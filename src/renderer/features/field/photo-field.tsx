import { Aperture, ImagePlus, X } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { useTranslate } from '../../lib/translate.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import formStyles from '../../ui/form.module.css'
import styles from './field.module.css'

const types: readonly string[] = ['image/jpeg', 'image/png', 'image/webp']
const largest = 10 * 1024 * 1024
const most = 10

interface PhotoFieldProps {
  photos: readonly Blob[]
  onChange: (photos: readonly Blob[]) => void
  /** Takes what the running camera sees; undefined while it is off. */
  capture: (() => Promise<Blob>) | undefined
}

export function PhotoField({ photos, onChange, capture }: PhotoFieldProps) {
  const t = useTranslate()
  const [isWrong, setWrong] = useState(false)
  const add = (photo: Blob | undefined): void => {
    if (!photo) return
    const isFine = types.includes(photo.type) && photo.size <= largest && photos.length < most
    setWrong(!isFine)
    if (isFine) onChange([...photos, photo])
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
      {capture && (
        <Button icon={<Aperture aria-hidden />} onPress={() => void capture().then(add)}>
          {t('field.action.photo.take')}
        </Button>
      )}
      <FileTrigger
        acceptedFileTypes={[...types]}
        {...(!capture && { defaultCamera: 'environment' as const })}
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
