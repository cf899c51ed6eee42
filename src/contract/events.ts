import type { Import } from './imports.ts'

/** What open windows are told after a commit. They ask again for what they show; only progress carries data. */
export type AppEvent =
  | { type: 'qr_links.changed'; business_id: string }
  | { type: 'tokens.changed' }
  | { type: 'businesses.changed' }
  | { type: 'imports.changed'; business_id: string; id: string }
  | { type: 'import.progress'; id: string; import: Import }
