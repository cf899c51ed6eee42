import { ValidationFailed } from '#contract/errors.ts'
import type { IntegrationCredential, IntegrationKey } from '#contract/integration-credentials.ts'
import { timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import { howTo, type CheckedCredentials } from './checked-credentials.ts'
import type { IntegrationCredentialRow } from './table.ts'
import type { Vault } from './vault.ts'

const month = 30 * 24 * 3600 * 1000

/** What is shown of a row at a time in milliseconds. */
export function presentCredential(row: IntegrationCredentialRow, now: number): IntegrationCredential {
  const { version: _version, sealed: _sealed, deleted_at: _gone, masked, ...shown } = row
  return { ...shown, masked: JSON.parse(masked) as Record<string, string>, warnings: warningsOf(row, now) }
}

function warningsOf({ valid_until, integration }: IntegrationCredentialRow, now: number): string[] {
  const left = valid_until === null ? Infinity : Date.parse(valid_until) - now
  if (left > month) return []
  const ends = left < 0 ? 'ended' : 'end'
  return [
    `These credentials ${ends} on ${valid_until!.slice(0, 10)}. Put new ones in their place. ${howTo(integration)}`,
  ]
}

/** The credentials of businesses that are there. */
export function credentialsOf(db: Db, businessIds: readonly string[]) {
  return db
    .selectFrom('integration_credentials')
    .where('business_id', 'in', businessIds.length > 0 ? businessIds : [''])
    .where('deleted_at', 'is', null)
}

function placeOf(row: Pick<IntegrationCredentialRow, 'id' | 'business_id' | 'integration'>): string {
  return `${row.business_id}/${row.integration}/${row.id}`
}

export interface NewCredential {
  business_id: string
  integration: IntegrationKey
  name: string | undefined
  checked: CheckedCredentials
}

export async function insertCredential(
  db: Db,
  vault: Vault,
  { business_id, integration, name, checked }: NewCredential,
  now: number,
): Promise<IntegrationCredentialRow> {
  const key = { id: newId(now), business_id, integration }
  const row: IntegrationCredentialRow = {
    ...key,
    version: 1,
    name: name ?? checked.name,
    ...(await columnsOf(checked, vault, placeOf(key))),
    created_at: timestamp(now),
    updated_at: timestamp(now),
    deleted_at: null,
  }
  await db.insertInto('integration_credentials').values(row).execute()
  return row
}

export async function updateCredential(
  db: Db,
  vault: Vault,
  row: IntegrationCredentialRow,
  { name, checked, now }: { name: string | undefined; checked: CheckedCredentials | undefined; now: number },
): Promise<IntegrationCredentialRow> {
  const change = {
    name: name ?? row.name,
    ...(checked && (await columnsOf(checked, vault, placeOf(row)))),
    version: row.version + 1,
    updated_at: timestamp(now),
  }
  await db.updateTable('integration_credentials').set(change).where('id', '=', row.id).execute()
  return { ...row, ...change }
}

/** The row stays, as every row does; what it sealed goes. */
export async function removeCredential(db: Db, row: IntegrationCredentialRow, now: number): Promise<void> {
  const change = { deleted_at: timestamp(now), version: row.version + 1, sealed: '', masked: '{}' }
  await db.updateTable('integration_credentials').set(change).where('id', '=', row.id).execute()
}

async function columnsOf(
  { secrets, masked, validFrom, validUntil }: CheckedCredentials,
  vault: Vault,
  place: string,
) {
  return {
    sealed: await vault.seal(JSON.stringify(secrets), place),
    masked: JSON.stringify(masked),
    valid_from: validFrom === null ? null : timestamp(validFrom),
    valid_until: validUntil === null ? null : timestamp(validUntil),
  }
}

/**
 * The opened credentials of a business: for Apple `certificate`, `private_key`, `wwdr`, `digest`, for Google
 * `client_email`, `private_key`, `issuer_id`. Undefined where there are none; throws 422 where they ended or cannot
 * be opened on this machine.
 */
export async function credentialsFor(
  { db, vault, now }: { db: Db; vault: Vault; now: number },
  businessId: string,
  integration: IntegrationKey,
): Promise<Record<string, string> | undefined> {
  const row = await credentialsOf(db, [businessId])
    .selectAll()
    .where('integration', '=', integration)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (!row) return undefined
  const field = `credentials.${integration}`
  if (row.valid_until !== null && Date.parse(row.valid_until) < now) {
    throw new ValidationFailed({ [field]: warningsOf(row, now) })
  }
  const opened = await vault.open(row.sealed, placeOf(row)).catch(() => {
    const sentence = 'The credentials cannot be opened with the key of this machine. Enter them again.'
    throw new ValidationFailed({ [field]: [sentence] })
  })
  return JSON.parse(opened) as Record<string, string>
}
