import { urlOf } from '#contract/client.ts'
import { ApiError, type FieldErrors } from '#contract/errors.ts'
import { previewQrLinkImport, previewWalletPassImport, type Import } from '#contract/imports.ts'
import type { ImportKind } from '#contract/import-kinds.ts'
import type { Api } from '../../lib/api.tsx'

interface Upload {
  file: File
  businessId: string
  kind: ImportKind
  /** Bytes sent so far. */
  onProgress: (sent: number) => void
  signal: AbortSignal
}

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

function typeOf(name: string): string {
  if (/\.xlsx$/i.test(name)) return workbookType
  return /\.tsv$/i.test(name) ? 'text/tab-separated-values' : 'text/csv'
}

/**
 * Sends a file to be checked and gives back the import as soon as the file has arrived. Over XMLHttpRequest, which
 * alone tells how much was sent. Throws `ApiError`, or an `AbortError` when it was cancelled.
 */
export function uploadFile(
  api: Api,
  { file, businessId, kind, onProgress, signal }: Upload,
): Promise<Import> {
  const query = { business_id: businessId, wait: false, filename: file.name }
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const endpoint = kind === 'qr_links' ? previewQrLinkImport : previewWalletPassImport
    request.open('POST', api.baseUrl + urlOf(endpoint, { query }))
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('Content-Type', typeOf(file.name))
    const token = api.token()
    if (token !== undefined) request.setRequestHeader('Authorization', `Bearer ${token}`)
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded))
    request.addEventListener('load', () => {
      const body = bodyOf(request)
      if (request.status === 201 && body.import) resolve(body.import)
      else reject(new ApiError(request.status, body.message ?? '', body.errors))
    })
    request.addEventListener('error', () => reject(new TypeError('The upload was interrupted.')))
    request.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}

function bodyOf(request: XMLHttpRequest): { import?: Import; message?: string; errors?: FieldErrors } {
  try {
    return JSON.parse(request.responseText) as ReturnType<typeof bodyOf>
  } catch {
    return {}
  }
}
