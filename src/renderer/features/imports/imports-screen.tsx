import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useState } from 'react'
import { importKinds, type ImportKind } from '#contract/import-kinds.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { usePendingFile } from '../../lib/pending-file.ts'
import { useTranslate } from '../../lib/translate.ts'
import { FailureNotice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { DropArea } from './drop-area.tsx'
import { EarlierImports } from './earlier-imports.tsx'
import { wordsOf } from './kind-words.ts'
import { readLocalPreview, type LocalPreview } from './local-preview.ts'
import styles from './imports.module.css'
import { importKey, localPreviewKey } from './queries.ts'
import { uploadFile } from './upload.ts'
import { UploadView } from './upload-view.tsx'

const route = getRouteApi('/imports')

interface Upload {
  file: File
  sent: number
  preview: LocalPreview | undefined
  stop: AbortController
}

/** Where a spreadsheet comes in, by drop, choice or paste; and what came in before. */
export function ImportsScreen() {
  const t = useTranslate()
  const { kind = 'qr_links' } = route.useSearch()
  const { upload, error, start } = useUpload(kind)
  const pending = usePendingFile()
  const takePending = useEffectEvent((file: File) => {
    pending.put(undefined)
    start(file)
  })
  useEffect(() => {
    if (pending.file) takePending(pending.file)
  }, [pending.file])
  return (
    <Page title={t('imports.title')} lead={t('imports.lead')}>
      {error !== undefined && <FailureNotice error={error} />}
      {upload === undefined ? (
        <>
          <KindField kind={kind} />
          <DropArea kind={kind} onFile={start} />
        </>
      ) : (
        <UploadView
          name={upload.file.name}
          size={upload.file.size}
          sent={upload.sent}
          preview={upload.preview}
          cancel={() => upload.stop.abort()}
        />
      )}
      <EarlierImports />
    </Page>
  )
}

function KindField({ kind }: { kind: ImportKind }) {
  const t = useTranslate()
  const navigate = route.useNavigate()
  const choose = (next: ImportKind): void =>
    void navigate({ search: next === 'wallet_passes' ? { kind: next } : {}, replace: true })
  return (
    <div className={styles.kind}>
      <SelectField
        label={t('imports.kind')}
        value={kind}
        choices={importKinds.map((id) => ({ id, name: t(wordsOf(id).name) }))}
        onChange={choose}
      />
    </div>
  )
}

/** Shows the first rows from the file itself while it is being sent, then goes to the import that came of it. */
function useUpload(kind: ImportKind) {
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { current } = useBusiness()
  const [upload, setUpload] = useState<Upload>()
  const [error, setError] = useState<unknown>()

  const send = async (file: File): Promise<void> => {
    const stop = new AbortController()
    const patch = (part: Partial<Upload>): void => setUpload((before) => before && { ...before, ...part })
    setError(undefined)
    setUpload({ file, sent: 0, preview: undefined, stop })
    const reading = readLocalPreview(file).catch(() => undefined)
    void reading.then((preview) => patch({ preview }))
    try {
      const onProgress = (sent: number): void => patch({ sent })
      const job = await uploadFile(api, {
        file,
        kind,
        onProgress,
        businessId: current.id,
        signal: stop.signal,
      })
      queries.setQueryData(localPreviewKey(job.id), (await reading) ?? null)
      queries.setQueryData(importKey(job.id), job)
      await navigate({ to: '/imports/$importId', params: { importId: job.id } })
    } catch (reason) {
      if (!stop.signal.aborted) setError(reason)
    }
    setUpload(undefined)
  }
  return { upload, error, start: (file: File) => void send(file) }
}
