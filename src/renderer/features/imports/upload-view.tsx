import { X } from 'lucide-react'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/page.tsx'
import { Progress } from '../../ui/progress.tsx'
import type { LocalPreview } from './local-preview.ts'
import { LocalTable } from './local-table.tsx'
import styles from './imports.module.css'

interface UploadViewProps {
  name: string
  size: number
  sent: number
  preview: LocalPreview | undefined
  cancel: () => void
}

export function UploadView({ name, size, sent, preview, cancel }: UploadViewProps) {
  const t = useTranslate()
  const formats = useFormats()
  return (
    <Card
      title={name}
      actions={
        <Button icon={<X aria-hidden />} onPress={cancel}>
          {t('ui.cancel')}
        </Button>
      }
    >
      <Progress label={t('imports.sending', { size: formats.bytes(size) })} done={sent} total={size} />
      {preview && <FirstRows preview={preview} />}
    </Card>
  )
}

export function FirstRows({ preview }: { preview: LocalPreview }) {
  const t = useTranslate()
  return (
    <>
      <p className={styles.quiet}>{t('imports.firstRows', { count: preview.rows.length })}</p>
      <LocalTable preview={preview} />
    </>
  )
}
