import type { ExportBundle } from './export-bundles.ts'
import type { Import } from './imports.ts'

/** What open windows are told after a commit. They ask again for what they show; only progress carries data. */
export type AppEvent =
  | { type: 'qr_links.changed'; business_id: string }
  | { type: 'tokens.changed' }
  | { type: 'businesses.changed' }
  | { type: 'imports.changed'; business_id: string; id: string }
  | { type: 'import.progress'; id: string; import: Import }
  | { type: 'menu.changed'; business_id: string }
  | { type: 'tables.changed'; business_id: string }
  | { type: 'stations.changed'; business_id: string }
  | { type: 'order_intents.changed'; business_id: string; id: string; status: string }
  | { type: 'service_requests.changed'; business_id: string; id: string }
  | { type: 'printers.changed' }
  | { type: 'print_jobs.changed' }
  | { type: 'guest_access.changed' }
  | { type: 'product_passports.changed'; business_id: string; id: string }
  | { type: 'recalls.changed'; business_id: string; id: string }
  | { type: 'brand_presets.changed'; business_id: string }
  | { type: 'integration_credentials.changed'; business_id: string }
  | { type: 'wallet_passes.changed'; business_id: string }
  | { type: 'export_bundles.changed'; business_id: string; id: string }
  | { type: 'export_bundle.progress'; id: string; bundle: ExportBundle }
