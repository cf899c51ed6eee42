export interface ApiTokensTable {
  id: string
  user_id: string
  business_id: string | null
  name: string
  kind: 'api' | 'mcp'
  /** JSON array of scopes. */
  scopes: string
  secret_hash: string
  last_four: string
  rate_per_minute: number | null
  expires_at: string | null
  revoked_at: string | null
  last_used_at: string | null
  created_at: string
}
