import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useState } from 'react'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { usePendingFile } from '../../lib/pending-file.ts'
import { useTranslate } from '../../lib/translate.ts'
import { FailureNotice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { DropArea } from './drop-area.tsx'
import { EarlierImports } from './earlier-imports.tsx'
import { readLocalPreview, type LocalPreview } from './local-preview.ts'
import { importKey, localPreviewKey } from './queries.ts'
import { uploadFile } from './upload.ts'
import { UploadView } from './upload-view.tsx'

interface Upload {
  file: File
  sent: number
  preview: LocalPreview | undefined
  stop: AbortController
}

/** Where a spreadsheet comes in, by drop, choice or paste; and what came in before. */
export function ImportsScreen() {
  const t = useTranslate()
  const { upload, error, start } = useUpload()
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
        <DropArea onFile={start} />
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

/** Shows the first rows from the file itself while it is being sent, then goes to the import that came of it. */
function useUpload() {
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
      const job = await uploadFile(api, { file, businessId: current.id, onProgress, signal: stop.signal })
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
