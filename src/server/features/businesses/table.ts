export interface BusinessesTable {
  id: string
  name: string
  short_domain: string | null
  timezone: string
  currency: string
  version: number
  created_at: string
  updated_at: string
}

export interface UsersTable {
  id: string
  name: string
  email: string | null
  created_at: string
  updated_at: string
}
