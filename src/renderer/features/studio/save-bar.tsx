import { BadgeCheck, Copy, Download } from 'lucide-react'
import { useState } from 'react'
import type { QrCodeFormat, QrReceipt } from '#contract/qr-codes.ts'
import { useApi } from '../../lib/api.tsx'
import { describeFailure } from '../../lib/failure.ts'
import { saveFile } from '../../lib/save-file.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { makeFile } from './queries.ts'
import { pictureOf } from './read-picture.ts'
import { sizes, type Judged, type StudioDraft } from './studio-draft.ts'
import layout from '../../ui/layout.module.css'
import styles from './studio.module.css'

interface SaveProps {
  draft: StudioDraft
  judged: Judged
  onChange: (draft: StudioDraft) => void
}

const formats = ['svg', 'png', 'pdf', 'eps'] as const

/** The ways out: four kinds of file, and the clipboard. What phones could not read does not go out. */
export function SaveBar({ draft, judged, onChange }: SaveProps) {
  const t = useTranslate()
  const api = useApi()
  const toast = useToast()
  const [isMaking, setMaking] = useState(false)
  const [receipt, setReceipt] = useState<{ of: StudioDraft; receipt: QrReceipt }>()
  const isRefused = judged.code === undefined || judged.advice.some(({ severity }) => severity === 'error')
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setMaking(true)
    try {
      await work()
    } catch (error) {
      const { title, advice } = describeFailure(error, t)
      toast({ title, detail: advice, tone: 'bad' })
    } finally {
      setMaking(false)
    }
  }
  const save = (format: QrCodeFormat): Promise<void> =>
    attempt(async () => {
      const made = await makeFile(api, draft, format)
      saveFile(made.file, `qr-code.${format}`)
      setReceipt({ of: draft, receipt: made.receipt })
    })
  const copyPicture = (): Promise<void> =>
    attempt(async () => {
      const picture = await pictureOf(judged.svg ?? '', draft.size)
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })])
      toast({ title: t('studio.copied') })
    })
  const copySvg = (): Promise<void> =>
    attempt(async () => {
      await navigator.clipboard.writeText(judged.svg ?? '')
      toast({ title: t('studio.copied') })
    })
  const isOff = isRefused || isMaking
  return (
    <div className={layout.column}>
      <SelectField
        label={t('studio.size')}
        value={String(draft.size)}
        onChange={(size) => onChange({ ...draft, size: Number(size) })}
        choices={sizes.map((size) => ({ id: String(size), name: t('codes.pixels', { size }) }))}
      />
      <div className={layout.row}>
        {formats.map((format) => (
          <Button
            key={format}
            icon={<Download aria-hidden />}
            isDisabled={isOff}
            onPress={() => void save(format)}
          >
            {format.toUpperCase()}
          </Button>
        ))}
      </div>
      <div className={layout.row}>
        <Button icon={<Copy aria-hidden />} isDisabled={isOff} onPress={() => void copyPicture()}>
          {t('studio.copyPicture')}
        </Button>
        <Button icon={<Copy aria-hidden />} isDisabled={isOff} onPress={() => void copySvg()}>
          {t('studio.copySvg')}
        </Button>
      </div>
      {isRefused && judged.code !== undefined && <p className={layout.soft}>{t('studio.refused')}</p>}
      {receipt?.of === draft && <Receipt receipt={receipt.receipt} />}
    </div>
  )
}

/** What another reader found on the finished picture. */
function Receipt({ receipt }: { receipt: QrReceipt }) {
  const t = useTranslate()
  const { read, reader, version, ecc } = receipt
  return (
    <output className={styles.receipt}>
      <BadgeCheck aria-hidden />
      {t(read ? 'studio.receipt' : 'studio.receipt.failed', { reader, version, level: ecc })}
    </output>
  )
}
