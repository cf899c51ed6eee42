import { ImageUp, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { DropZone, FileTrigger } from 'react-aria-components'
import { plainStyle } from '#codes/qr/code-style.ts'
import { cx } from '../../lib/cx.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { readPicture } from './read-picture.ts'
import type { StudioDraft } from './studio-draft.ts'
import layout from '../../ui/layout.module.css'
import styles from './studio.module.css'

interface LogoProps {
  draft: StudioDraft
  onChange: (draft: StudioDraft) => void
}

const shares = ['0.1', '0.15', '0.2', '0.25', '0.3'] as const

/** A picture in the middle of the code, chosen or dropped. */
export function LogoField({ draft, onChange }: LogoProps) {
  const t = useTranslate()
  const [failed, setFailed] = useState(false)
  const { logo, style } = draft
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    try {
      onChange({ ...draft, logo: await readPicture(file) })
      setFailed(false)
    } catch {
      setFailed(true)
    }
  }
  const share = String(style.logo_size ?? plainStyle.logo_size)
  return (
    <DropZone
      className={cx(styles.drop)}
      aria-label={t('studio.logo')}
      onDrop={({ items }) => {
        const [file] = items.filter((item) => item.kind === 'file')
        void file?.getFile().then(take)
      }}
    >
      <div className={layout.row}>
        {logo && <img className={styles.logo} src={logo.address} alt={t('studio.logo')} />}
        <FileTrigger acceptedFileTypes={['image/*']} onSelect={(files) => void take(files?.[0])}>
          <Button icon={<ImageUp aria-hidden />}>
            {t(logo === undefined ? 'studio.logo.add' : 'studio.logo.change')}
          </Button>
        </FileTrigger>
        {logo && (
          <Button icon={<Trash2 aria-hidden />} onPress={() => onChange({ ...draft, logo: undefined })}>
            {t('studio.logo.remove')}
          </Button>
        )}
      </div>
      {logo === undefined && <p className={layout.soft}>{t('studio.logo.hint')}</p>}
      {failed && <Notice tone="bad" title={t('studio.logo.failed')} />}
      {logo && (
        <SelectField
          label={t('studio.logo.size')}
          value={share}
          onChange={(next) => onChange({ ...draft, style: { ...style, logo_size: Number(next) } })}
          choices={[...new Set([...shares, share])]
            .toSorted()
            .map((id) => ({ id, name: t('studio.percent', { share: Math.round(Number(id) * 100) }) }))}
        />
      )}
    </DropZone>
  )
}
