import type { Selectable } from 'kysely'
import type { IntegrationKey } from '#contract/integration-credentials.ts'

export interface IntegrationCredentialsTable {
  id: string
  business_id: string
  version: number
  integration: IntegrationKey
  name: string
  /** What `Vault.seal` made of the fields. */
  sealed: string
  /** JSON: what is shown of them, by field. */
  masked: string
  valid_from: string | null
  valid_until: string | null
  created_at: string
  updated_at: string
  deleted_at: string | null
}

export type IntegrationCredentialRow = Selectable<IntegrationCredentialsTable>
