import { ImagePlus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import formStyles from '../../ui/form.module.css'
import styles from './settings.module.css'

/** As wide as the widest paper prints, in dots. */
const widest = 576

interface LogoFieldProps {
  /** PNG as base64. */
  logo: string | null
  onChange: (logo: string | null) => void
}

export function LogoField({ logo, onChange }: LogoFieldProps) {
  const t = useTranslate()
  const [wrong, setWrong] = useState(false)
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return
    const png = await pngOf(file).catch(() => undefined)
    setWrong(png === undefined)
    if (png !== undefined) onChange(png)
  }
  return (
    <div className={formStyles.group}>
      <span className={formStyles.legend}>{t('restaurant.logo')}</span>
      {logo !== null && (
        <img className={styles.logo} src={`data:image/png;base64,${logo}`} alt={t('restaurant.logo')} />
      )}
      <div className={styles.row}>
        <FileTrigger
          acceptedFileTypes={['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml']}
          onSelect={(files) => void take(files?.[0])}
        >
          <Button icon={<ImagePlus aria-hidden />}>{t('restaurant.logo.choose')}</Button>
        </FileTrigger>
        {logo !== null && (
          <Button tone="quiet" icon={<Trash2 aria-hidden />} onPress={() => onChange(null)}>
            {t('restaurant.logo.remove')}
          </Button>
        )}
      </div>
      {wrong && <span className={formStyles.wrong}>{t('restaurant.logo.wrong')}</span>}
    </div>
  )
}

/** Any picture as a PNG that is no wider than paper. Rejects what is no picture. */
async function pngOf(file: File): Promise<string> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, widest / picture.width)
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas.toDataURL('image/png').split(',')[1] ?? ''
}
