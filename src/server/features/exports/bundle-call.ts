import { Forbidden, ValidationFailed } from '#contract/errors.ts'
import type { BundleRequest, ExportBundle, findExportBundle } from '#contract/export-bundles.ts'
import type { AnyEndpoint, Call } from '../../http/call.ts'
import { rowEtag } from '../../http/etag.ts'
import type { FindLook, StoredRequest } from './bundle-source.ts'
import { findBundleRow, presentBundle } from './store.ts'
import type { ExportBundleRow } from './table.ts'

/** The bundle that a path names, within what the caller may see. */
export async function findOwn({
  db,
  params,
  identity,
}: Pick<Call<typeof findExportBundle>, 'db' | 'params' | 'identity'>): Promise<ExportBundleRow | undefined> {
  const row = await findBundleRow(db, params.id)
  return identity.businessId === null || row?.business_id === identity.businessId ? row : undefined
}

/** What a person changes is the status; the progress leaves the tag alone, or nobody could cancel with it. */
export function etagOf({ id, status, sha256 }: ExportBundleRow): string {
  return rowEtag({ id, version: `${status}:${sha256}` })
}

export function answerWith<E extends AnyEndpoint>(
  { reply }: Call<E, unknown>,
  row: ExportBundleRow,
): { bundle: ExportBundle } {
  reply.header('ETag', etagOf(row))
  return { bundle: presentBundle(row) }
}

export function announce<E extends AnyEndpoint>(
  { afterCommit, context }: Call<E, unknown>,
  { id, business_id }: ExportBundleRow,
): void {
  afterCommit(() => context.events.emit({ type: 'export_bundles.changed', business_id, id }))
}

/** A business that does not exist is a wrong input; one that the token may not touch is 403. */
export async function businessFor({
  db,
  body,
  identity,
  context,
}: Pick<Call<AnyEndpoint>, 'db' | 'identity' | 'context'> & {
  body: { business_id?: string }
}): Promise<string> {
  const wanted = body.business_id ?? identity.businessId ?? context.owner.businessId
  if (identity.businessId !== null && identity.businessId !== wanted) throw new Forbidden()
  const known = await db.selectFrom('businesses').select('id').where('id', '=', wanted).executeTakeFirst()
  if (!known) throw new ValidationFailed({ business_id: ['The selected business id is invalid.'] })
  return wanted
}

/** A request whose preset is in its style, under what the request says itself. Throws 422 for a preset there is not. */
export async function withLook(
  request: BundleRequest,
  businessId: string,
  findLook: FindLook,
): Promise<StoredRequest> {
  if (request.preset_id === undefined) return request
  const look = await findLook(request.preset_id, businessId)
  if (look === undefined) throw new ValidationFailed({ preset_id: ['There is no such preset.'] })
  return {
    ...request,
    style: { ...look.style, ...request.style },
    ...(look.logo !== null && { logo: look.logo }),
  }
}
