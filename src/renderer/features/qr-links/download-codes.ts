import { useMutation } from '@tanstack/react-query'
import { zipSync } from 'fflate'
import { downloadQrLinkImages, showQrLinkImage, type QrLink, type QrLinkFilter } from '#contract/qr-links.ts'
import { useApi } from '../../lib/api.tsx'
import { describeFailure } from '../../lib/failure.ts'
import { saveFile } from '../../lib/save-file.ts'
import { useTranslate } from '../../lib/translate.ts'
import { useToast } from '../../ui/toast.tsx'

export type CodesWanted = { format: 'svg' | 'png' } & (
  | { kind: 'filter'; filter: QrLinkFilter }
  | { kind: 'links'; links: readonly Pick<QrLink, 'id' | 'slug'>[] }
)

/** Saves the codes of a filter, or of the links named, as one ZIP file. */
export function useDownloadCodes() {
  const api = useApi()
  const t = useTranslate()
  const toast = useToast()
  return useMutation({
    mutationFn: async (wanted: CodesWanted) => {
      if (wanted.kind === 'filter') {
        const query = { ...wanted.filter, format: wanted.format }
        return (await api.request(downloadQrLinkImages, { query })).blob()
      }
      const files: Record<string, Uint8Array> = {}
      for (const { id, slug } of wanted.links) {
        const picture = await api.request(showQrLinkImage, {
          params: { id },
          query: { format: wanted.format },
        })
        files[`${slug}.${wanted.format}`] = new Uint8Array(await picture.arrayBuffer())
      }
      return new Blob([zipSync(files)], { type: 'application/zip' })
    },
    onSuccess: (blob) => {
      saveFile(blob, 'qr-codes.zip')
      toast({ title: t('codes.saved') })
    },
    onError: (error) => {
      const { title, advice } = describeFailure(error, t)
      toast({ title, detail: advice, tone: 'bad' })
    },
  })
}
