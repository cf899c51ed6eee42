import { ClipboardPaste, FileSpreadsheet, FolderOpen } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { DropZone, FileTrigger, Text, type DropZoneProps, type FileDropItem } from 'react-aria-components'
import type { ImportKind } from '#contract/import-kinds.ts'
import { cx } from '../../lib/cx.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { wordsOf } from './kind-words.ts'
import styles from './imports.module.css'

const taken = ['.csv', '.tsv', '.txt', '.xlsx']

type DropItems = Parameters<NonNullable<DropZoneProps['onDrop']>>[0]

interface DropAreaProps {
  kind: ImportKind
  onFile: (file: File) => void
}

/** Takes one spreadsheet: dropped, chosen, or pasted anywhere on the screen. */
export function DropArea({ kind, onFile }: DropAreaProps) {
  const t = useTranslate()
  usePaste(onFile)
  const onDrop = async ({ items }: DropItems): Promise<void> => {
    const item = items.find((one): one is FileDropItem => one.kind === 'file')
    if (item) onFile(await item.getFile())
  }
  return (
    <DropZone className={cx(styles.drop)} onDrop={(event) => void onDrop(event)}>
      <FileSpreadsheet aria-hidden />
      <Text slot="label" className={cx(styles.dropTitle)}>
        {t('imports.drop')}
      </Text>
      <p className={styles.dropText}>{t(wordsOf(kind).dropText)}</p>
      <div className={styles.dropActions}>
        <FileTrigger acceptedFileTypes={taken} onSelect={(files) => files?.[0] && onFile(files[0])}>
          <Button tone="primary" icon={<FolderOpen aria-hidden />}>
            {t('imports.choose')}
          </Button>
        </FileTrigger>
        <Button icon={<ClipboardPaste aria-hidden />} onPress={() => void pasteFromClipboard(onFile)}>
          {t('imports.paste')}
        </Button>
      </div>
      <p className={styles.dropText}>{t(wordsOf(kind).columns)}</p>
    </DropZone>
  )
}

function usePaste(onFile: (file: File) => void): void {
  const take = useEffectEvent((event: ClipboardEvent) => {
    const target = event.target instanceof HTMLElement ? event.target : null
    if (target?.closest('input, textarea, [role=dialog]')) return
    const file = event.clipboardData?.files[0] ?? fileOf(event.clipboardData?.getData('text/plain') ?? '')
    if (!file) return
    event.preventDefault()
    onFile(file)
  })
  useEffect(() => {
    const listen = (event: ClipboardEvent): void => take(event)
    document.addEventListener('paste', listen)
    return () => document.removeEventListener('paste', listen)
  }, [])
}

async function pasteFromClipboard(onFile: (file: File) => void): Promise<void> {
  const file = fileOf(await navigator.clipboard.readText().catch(() => ''))
  if (file) onFile(file)
}

/** Pasted cells as a file, so that all three ways in are one; spreadsheets part their cells by tabs. */
export function fileOf(text: string): File | undefined {
  if (text.trim() === '') return undefined
  const first = text.split('\n', 1)[0] ?? ''
  return first.includes('\t')
    ? new File([text], 'pasted.tsv', { type: 'text/tab-separated-values' })
    : new File([text], 'pasted.csv', { type: 'text/csv' })
}
