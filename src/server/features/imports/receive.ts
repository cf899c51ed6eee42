import { Forbidden, ValidationFailed } from '#contract/errors.ts'
import type { ImportKind } from '#contract/import-kinds.ts'
import type { previewQrLinkImport, previewWalletPassImport } from '#contract/imports.ts'
import { timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Call } from '../../http/call.ts'
import { ArrivingFile } from './engine/arrival.ts'
import type { Imports } from './imports.ts'
import { importPath } from './live-import.ts'
import { freshState } from './state.ts'
import type { ImportRecord } from './table.ts'
import { receiveUpload, type Upload } from './upload.ts'

type Preview = Call<typeof previewQrLinkImport> | Call<typeof previewWalletPassImport>

/** Takes a file in and checks it. Answers when that is done, or once the file is here with `wait=0`. */
export async function receivePreview(
  call: Preview,
  imports: Imports,
  kind: ImportKind,
): Promise<ImportRecord> {
  const { context, query } = call
  const businessId = await businessFor(call)
  const id = newId(context.clock())
  const pasted = { ...call.body, filename: call.body.filename ?? query.filename }
  const recordOf = (upload: Upload) =>
    newRecord({ id, business_id: businessId, kind }, upload, timestamp(context.clock()))
  const arriving = new ArrivingFile(Number(call.request.headers['content-length'] ?? 0))
  let begun = false
  const reached = (bytes: number, filename: string) => {
    arriving.reached(bytes)
    // A large file is read while it comes, and is checked soon after its last byte.
    if (!begun && kind === 'qr_links') imports.open(id).begin(recordOf({ filename, size: bytes }), arriving)
    begun = true
  }
  const path = importPath(context.config.dataDir, id)
  const upload = await receiveUpload(call.request, pasted, path, { reached }).catch(
    async (error: unknown) => {
      arriving.abandon()
      await imports.drop(id)
      throw error
    },
  )
  arriving.complete()
  const record = recordOf(upload)
  await context.database.db.insertInto('imports').values(record).execute()
  context.events.emit({ type: 'imports.changed', business_id: businessId, id })
  const scan = imports.open(id).scan(record)
  if (query.wait === false) return record
  await scan
  return imports.reload(record)
}

function newRecord(
  of: Pick<ImportRecord, 'id' | 'business_id' | 'kind'>,
  upload: Upload,
  at: string,
): ImportRecord {
  return {
    ...of,
    status: 'scanning',
    ...upload,
    state: JSON.stringify(freshState),
    first_seq: null,
    last_seq: null,
    failure: null,
    committed_at: null,
    created_at: at,
    updated_at: at,
  }
}

async function businessFor({ query, identity, context, db }: Preview): Promise<string> {
  const wanted = query.business_id ?? identity.businessId ?? context.owner.businessId
  if (identity.businessId !== null && wanted !== identity.businessId) throw new Forbidden()
  const known = await db.selectFrom('businesses').select('id').where('id', '=', wanted).executeTakeFirst()
  if (!known) throw new ValidationFailed({ business_id: ['The selected business id is invalid.'] })
  return wanted
}
