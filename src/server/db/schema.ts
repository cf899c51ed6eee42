import type { Kysely, Transaction } from 'kysely'
import type { BusinessesTable, UsersTable } from '../features/businesses/table.ts'
import type { IntegrationCredentialsTable } from '../features/credentials/table.ts'
import type { BrandPresetsTable } from '../features/qr-codes/table.ts'
import type { ExportBundlesTable } from '../features/exports/table.ts'
import type {
  ImportCardUpdatesTable,
  ImportEditsTable,
  ImportMappingsTable,
  ImportsTable,
  ImportUpdatesTable,
} from '../features/imports/table.ts'
import type { PrintAttemptsTable, PrintersTable, PrintJobsTable } from '../features/printing/table.ts'
import type {
  PassportRevisionsTable,
  PassportScansTable,
  ProductPassportsTable,
} from '../features/product-passports/table.ts'
import type {
  QrLinksTable,
  QrLinkTagsTable,
  QrScanBatchesTable,
  QrScansTable,
} from '../features/qr-links/table.ts'
import type { RcaptchaChallengesTable } from '../features/rcaptcha/table.ts'
import type { RecallActionsTable, RecallPhotosTable } from '../features/recall-actions/table.ts'
import type { RecallCriteriaTable, RecallRevisionsTable, RecallsTable } from '../features/recalls/table.ts'
import type {
  DiningTablesTable,
  MenuItemsTable,
  OrderEventsTable,
  OrderIntentsTable,
  PosAcknowledgementsTable,
  RestaurantSettingsTable,
  ServiceRequestsTable,
  StationsTable,
} from '../features/restaurant/table.ts'
import type { ApiTokensTable } from '../features/tokens/table.ts'
import type { WalletPassesTable } from '../features/wallet/table.ts'

/** All tables. Each feature keeps its own table types beside its queries; here they meet. */
export interface Tables {
  businesses: BusinessesTable
  users: UsersTable
  api_tokens: ApiTokensTable
  settings: { name: string; value: string }
  sequences: { name: string; next: number }
  idempotency_keys: {
    key_hash: string
    request_hash: string
    status: number
    headers: string
    body: string | null
    expires_at: string
  }
  qr_links: QrLinksTable
  qr_link_tags: QrLinkTagsTable
  qr_scans: QrScansTable
  qr_scan_batches: QrScanBatchesTable
  imports: ImportsTable
  import_card_updates: ImportCardUpdatesTable
  import_edits: ImportEditsTable
  import_updates: ImportUpdatesTable
  import_mappings: ImportMappingsTable
  menu_items: MenuItemsTable
  dining_tables: DiningTablesTable
  stations: StationsTable
  order_intents: OrderIntentsTable
  order_events: OrderEventsTable
  service_requests: ServiceRequestsTable
  pos_acknowledgements: PosAcknowledgementsTable
  restaurant_settings: RestaurantSettingsTable
  rcaptcha_challenges: RcaptchaChallengesTable
  printers: PrintersTable
  print_jobs: PrintJobsTable
  print_attempts: PrintAttemptsTable
  product_passports: ProductPassportsTable
  passport_revisions: PassportRevisionsTable
  passport_scans: PassportScansTable
  recalls: RecallsTable
  recall_revisions: RecallRevisionsTable
  recall_criteria: RecallCriteriaTable
  recall_actions: RecallActionsTable
  recall_photos: RecallPhotosTable
  export_bundles: ExportBundlesTable
  brand_presets: BrandPresetsTable
  wallet_passes: WalletPassesTable
  integration_credentials: IntegrationCredentialsTable
}

export type Db = Kysely<Tables>
export type Trx = Transaction<Tables>
