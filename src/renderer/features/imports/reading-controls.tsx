import { SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import type { Import, OnDuplicate } from '#contract/imports.ts'
import { useTranslate } from '../../lib/translate.ts'
import { narrow, useMedia } from '../../lib/use-media.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogBody } from '../../ui/dialog.tsx'
import { SelectField, type Choice } from '../../ui/select-field.tsx'
import { useChangeImport } from './import-actions.ts'
import { wordsOf } from './kind-words.ts'
import { isWorkbook } from './local-preview.ts'
import styles from './summary.module.css'

const encodings = [
  'utf-8',
  'windows-1252',
  'utf-16le',
  'utf-16be',
  'iso-8859-2',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'macintosh',
  'ibm866',
  'koi8-r',
  'shift_jis',
  'euc-kr',
  'gb18030',
  'big5',
]

const delimiters = [',', ';', '\t', '|'] as const

/** How the file is read, and what happens to slugs that are taken. On narrow screens behind a button. */
export function ReadingControls({ job }: { job: Import }) {
  const t = useTranslate()
  const isNarrow = useMedia(narrow)
  const [open, setOpen] = useState(false)
  if (!isNarrow) return <Controls job={job} />
  return (
    <>
      <Button icon={<SlidersHorizontal aria-hidden />} onPress={() => setOpen(true)}>
        {t('imports.reading')}
      </Button>
      <Dialog title={t('imports.reading')} isOpen={open} onClose={() => setOpen(false)}>
        <DialogBody>
          <Controls job={job} />
        </DialogBody>
      </Dialog>
    </>
  )
}

/** A change draws the preview anew. */
function Controls({ job }: { job: Import }) {
  const t = useTranslate()
  const change = useChangeImport(job.id)
  const words = wordsOf(job.kind)
  const shared = { compact: true, isDisabled: change.isPending }
  const onDuplicate: Choice<OnDuplicate>[] = [
    { id: 'skip', name: t('imports.onDuplicate.skip'), note: t(words.skipNote) },
    { id: 'update', name: t('imports.onDuplicate.update'), note: t('imports.onDuplicate.update.note') },
    { id: 'fail', name: t('imports.onDuplicate.fail'), note: t('imports.onDuplicate.fail.note') },
  ]
  return (
    <div className={styles.controls}>
      {!isWorkbook(job.filename) && <TextControls job={job} change={change} />}
      <SelectField
        {...shared}
        label={t('imports.headerRow')}
        value={String(job.header_row)}
        choices={headerRows(job.header_row).map((row) => ({
          id: String(row),
          name: row === 0 ? t('imports.headerRow.none') : t('imports.headerRow.row', { row }),
        }))}
        onChange={(row) => change.mutate({ header_row: Number(row) })}
      />
      <SelectField
        {...shared}
        label={t(words.onDuplicate)}
        value={job.on_duplicate}
        choices={onDuplicate}
        onChange={(on_duplicate) => change.mutate({ on_duplicate })}
      />
    </div>
  )
}

function TextControls({ job, change }: { job: Import; change: ReturnType<typeof useChangeImport> }) {
  const t = useTranslate()
  const shared = { compact: true, isDisabled: change.isPending }
  const names = {
    ',': t('delimiter.comma'),
    ';': t('delimiter.semicolon'),
    '\t': t('delimiter.tab'),
    '|': t('delimiter.bar'),
  }
  const known = encodings.includes(job.encoding) ? encodings : [job.encoding, ...encodings]
  return (
    <>
      <SelectField
        {...shared}
        label={t('imports.encoding')}
        value={job.encoding}
        choices={known.map((id) => ({ id, name: id.toUpperCase() }))}
        onChange={(encoding) => change.mutate({ encoding })}
      />
      <SelectField
        {...shared}
        label={t('imports.delimiter')}
        value={delimiters.find((one) => one === job.delimiter) ?? null}
        choices={delimiters.map((id) => ({ id, name: names[id] }))}
        onChange={(delimiter) => change.mutate({ delimiter })}
      />
    </>
  )
}

function headerRows(current: number): number[] {
  return Array.from({ length: Math.max(current, 10) + 1 }, (_, row) => row)
}
