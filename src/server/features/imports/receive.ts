import { Forbidden, ValidationFailed } from '#contract/errors.ts'
import type { previewQrLinkImport } from '#contract/imports.ts'
import { timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Call } from '../../http/call.ts'
import type { Imports } from './imports.ts'
import { importPath } from './live-import.ts'
import { freshState } from './state.ts'
import type { ImportRecord } from './table.ts'
import { receiveUpload } from './upload.ts'

type Preview = Call<typeof previewQrLinkImport>

/** Takes a file in and checks it. Answers when that is done, or once the file is here with `wait=0`. */
export async function receivePreview(call: Preview, imports: Imports): Promise<ImportRecord> {
  const { context, query } = call
  const businessId = await businessFor(call)
  const id = newId(context.clock())
  const pasted = { ...call.body, filename: call.body.filename ?? query.filename }
  const upload = await receiveUpload(call.request, pasted, importPath(context.config.dataDir, id))
  const at = timestamp(context.clock())
  const record: ImportRecord = {
    id,
    business_id: businessId,
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
  await context.database.db.insertInto('imports').values(record).execute()
  context.events.emit({ type: 'imports.changed', business_id: businessId, id })
  const scan = imports.open(id).scan(record)
  if (query.wait === false) return record
  await scan
  return imports.reload(record)
}

async function businessFor({ query, identity, context, db }: Preview): Promise<string> {
  const wanted = query.business_id ?? identity.businessId ?? context.owner.businessId
  if (identity.businessId !== null && wanted !== identity.businessId) throw new Forbidden()
  const known = await db.selectFrom('businesses').select('id').where('id', '=', wanted).executeTakeFirst()
  if (!known) throw new ValidationFailed({ business_id: ['The selected business id is invalid.'] })
  return wanted
}
