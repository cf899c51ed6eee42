import { ImageUp, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { CardLook } from '#contract/wallet-passes.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { shrinkPicture } from './shrink-picture.ts'
import layout from '../../ui/layout.module.css'
import styles from './wallet.module.css'

interface LookProps {
  look: CardLook
  onChange: (look: CardLook) => void
}

export const plainLook = { background: '#ffffff', foreground: '#1a1a1a', label: '#595959' } as const

const colours: readonly { id: keyof typeof plainLook; name: MessageId }[] = [
  { id: 'background', name: 'wallet.background' },
  { id: 'foreground', name: 'wallet.foreground' },
  { id: 'label', name: 'wallet.labelColour' },
]
const pictures: readonly { id: 'logo' | 'photo'; name: MessageId; most: number }[] = [
  { id: 'logo', name: 'wallet.logo', most: 480 },
  { id: 'photo', name: 'wallet.photo', most: 800 },
]

/** Colours and pictures of a card. */
export function LookFields({ look, onChange }: LookProps) {
  const t = useTranslate()
  const [failed, setFailed] = useState(false)
  const take = async (id: 'logo' | 'photo', most: number, file: File | undefined): Promise<void> => {
    if (file === undefined) return
    try {
      onChange({ ...look, [id]: await shrinkPicture(file, most) })
      setFailed(false)
    } catch {
      setFailed(true)
    }
  }
  return (
    <>
      <div className={layout.row}>
        {colours.map(({ id, name }) => (
          <label key={id} className={styles.colour}>
            <input
              type="color"
              value={look[id] ?? plainLook[id]}
              onChange={(event) => onChange({ ...look, [id]: event.target.value })}
            />
            {t(name)}
          </label>
        ))}
      </div>
      {pictures.map(({ id, name, most }) => (
        <div key={id} className={layout.row}>
          <span className={styles.pictureName}>{t(name)}</span>
          {look[id] && <img className={styles.thumb} src={look[id]} alt={t(name)} />}
          <FileTrigger acceptedFileTypes={['image/*']} onSelect={(files) => void take(id, most, files?.[0])}>
            <Button small icon={<ImageUp aria-hidden />} aria-label={t('wallet.choose', { what: t(name) })}>
              {t('wallet.chooseShort')}
            </Button>
          </FileTrigger>
          {look[id] && (
            <Button
              small
              icon={<Trash2 aria-hidden />}
              aria-label={t('wallet.remove', { what: t(name) })}
              onPress={() => onChange({ ...look, [id]: null })}
            >
              {t('wallet.removeShort')}
            </Button>
          )}
        </div>
      ))}
      {failed && <Notice tone="bad" title={t('wallet.badPicture')} />}
    </>
  )
}
