export interface RcaptchaChallengesTable {
  id: string
  form: string
  salt: string
  /** Zero bits that the hash must start with. */
  difficulty: number
  solved_at: string | null
  token_hash: string | null
  used_at: string | null
  expires_at: string
}
