import type { RecallNotice, RecallStatus } from '#contract/recalls.ts'
import type { Db } from '../../db/schema.ts'

/** A recall as the public sees it. */
export interface PublicNotice {
  id: string
  status: Exclude<RecallStatus, 'draft'>
  isMock: boolean
  notice: RecallNotice
  activatedAt: string | null
  closedAt: string | null
  updatedAt: string
}

/** The notice of a recall that is or was in force; a draft is nobody's business. */
export async function findPublicNotice(db: Db, id: string): Promise<PublicNotice | undefined> {
  const row = await db
    .selectFrom('recalls')
    .select(['id', 'status', 'is_mock', 'notice', 'activated_at', 'closed_at', 'updated_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row || row.status === 'draft') return undefined
  return {
    id: row.id,
    status: row.status,
    isMock: row.is_mock === 1,
    notice: JSON.parse(row.notice) as RecallNotice,
    activatedAt: row.activated_at,
    closedAt: row.closed_at,
    updatedAt: row.updated_at,
  }
}
