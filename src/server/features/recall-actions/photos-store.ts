import { ValidationFailed } from '#contract/errors.ts'
import type { RecallAction } from '#contract/recall-actions.ts'
import type { Db } from '../../db/schema.ts'
import type { RecallPhotoRow } from './table.ts'

export async function findPhoto(
  db: Db,
  recallId: string,
  photoId: string,
): Promise<RecallPhotoRow | undefined> {
  const query = db.selectFrom('recall_photos').selectAll()
  return query.where('id', '=', photoId).where('recall_id', '=', recallId).executeTakeFirst()
}

/** What an entry says of its photos, in the order named. Throws 422 for one that was not sent for this recall. */
export async function photosFor(
  db: Db,
  recallId: string,
  ids: readonly string[],
): Promise<RecallAction['photos']> {
  const photos: RecallAction['photos'] = []
  for (const [at, id] of [...new Set(ids)].entries()) {
    const row = await findPhoto(db, recallId, id)
    if (!row) throw new ValidationFailed({ [`photo_ids.${at}`]: ['There is no such photo of this recall.'] })
    photos.push({ id: row.id, sha256: row.sha256, type: row.type, size: row.size })
  }
  return photos
}
