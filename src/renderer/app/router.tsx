import { createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router'
import { readExportSearch } from '../features/exports/export-search.ts'
import { ExportsScreen } from '../features/exports/exports-screen.tsx'
import { FieldScreen } from '../features/field/field-screen.tsx'
import { ScannerScreen } from '../features/field/scanner-screen.tsx'
import { ImportScreen } from '../features/imports/import-screen.tsx'
import { readImportSearch, readKindSearch } from '../features/imports/import-search.ts'
import { ImportsScreen } from '../features/imports/imports-screen.tsx'
import { QrLinkScreen } from '../features/qr-links/qr-link-screen.tsx'
import { QrLinksScreen } from '../features/qr-links/qr-links-screen.tsx'
import { readQrLinkSearch } from '../features/qr-links/qr-link-search.ts'
import { MenuScreen } from '../features/menu/menu-screen.tsx'
import { PrintersScreen } from '../features/printing/printers-screen.tsx'
import { PrintingFrame } from '../features/printing/printing-frame.tsx'
import { QueueScreen } from '../features/printing/queue-screen.tsx'
import { StationsScreen } from '../features/printing/stations-screen.tsx'
import { TablesScreen } from '../features/tables/tables-screen.tsx'
import { PassportScreen } from '../features/passports/passport-screen.tsx'
import { PassportsScreen } from '../features/passports/passports-screen.tsx'
import { RecallScreen } from '../features/recalls/recall-screen.tsx'
import { RecallsScreen } from '../features/recalls/recalls-screen.tsx'
import { BoardScreen } from '../features/restaurant/board-screen.tsx'
import { OrderEntryScreen } from '../features/restaurant/order-entry-screen.tsx'
import { readBoardSearch, readOrdersSearch } from '../features/restaurant/order-search.ts'
import { OrdersScreen } from '../features/restaurant/orders-screen.tsx'
import { RestaurantFrame } from '../features/restaurant/restaurant-frame.tsx'
import { BusinessesScreen } from '../features/businesses/businesses-screen.tsx'
import { AppearanceScreen } from '../features/settings/appearance-screen.tsx'
import { DeviceScreen } from '../features/settings/device-screen.tsx'
import { RestaurantScreen } from '../features/settings/restaurant-screen.tsx'
import { CardScreen } from '../features/wallet/card-screen.tsx'
import { WalletScreen } from '../features/wallet/wallet-screen.tsx'
import { readWalletSearch } from '../features/wallet/wallet-search.ts'
import { StudioScreen } from '../features/studio/studio-screen.tsx'
import { readStudioSearch } from '../features/studio/studio-search.ts'
import { SettingsFrame } from '../features/settings/settings-frame.tsx'
import { SigningScreen } from '../features/credentials/signing-screen.tsx'
import { TokensScreen } from '../features/tokens/tokens-screen.tsx'
import { CrashScreen, LoadingScreen, MissingScreen } from './page-states.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({
  component: Shell,
  notFoundComponent: MissingScreen,
  errorComponent: CrashScreen,
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/qr-links', replace: true })
  },
})

const qrLinks = createRoute({
  getParentRoute: () => root,
  path: '/qr-links',
  component: QrLinksScreen,
  validateSearch: readQrLinkSearch,
})

const qrLink = createRoute({
  getParentRoute: () => root,
  path: '/qr-links/$linkId',
  component: QrLinkScreen,
})

const studio = createRoute({
  getParentRoute: () => root,
  path: '/studio',
  component: StudioScreen,
  validateSearch: readStudioSearch,
})

const wallet = createRoute({
  getParentRoute: () => root,
  path: '/wallet',
  component: WalletScreen,
  validateSearch: readWalletSearch,
})
const walletCard = createRoute({
  getParentRoute: () => root,
  path: '/wallet/$cardId',
  component: CardScreen,
})

const exportsPage = createRoute({
  getParentRoute: () => root,
  path: '/exports',
  component: ExportsScreen,
  validateSearch: readExportSearch,
})

const imports = createRoute({
  getParentRoute: () => root,
  path: '/imports',
  component: ImportsScreen,
  validateSearch: readKindSearch,
})

const oneImport = createRoute({
  getParentRoute: () => root,
  path: '/imports/$importId',
  component: ImportScreen,
  validateSearch: readImportSearch,
})

const restaurant = createRoute({ getParentRoute: () => root, id: 'restaurant', component: RestaurantFrame })

const restaurantPages = [
  createRoute({
    getParentRoute: () => restaurant,
    path: '/board',
    component: BoardScreen,
    validateSearch: readBoardSearch,
  }),
  createRoute({
    getParentRoute: () => restaurant,
    path: '/board/new',
    component: OrderEntryScreen,
    validateSearch: readBoardSearch,
  }),
  createRoute({
    getParentRoute: () => restaurant,
    path: '/orders',
    component: OrdersScreen,
    validateSearch: readOrdersSearch,
  }),
] as const

const menu = createRoute({ getParentRoute: () => root, path: '/menu', component: MenuScreen })
const tables = createRoute({ getParentRoute: () => root, path: '/tables', component: TablesScreen })
const printing = createRoute({ getParentRoute: () => root, path: '/printing', component: PrintingFrame })

const printingHome = createRoute({
  getParentRoute: () => printing,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/printing/queue', replace: true })
  },
})

const printingPages = [
  createRoute({ getParentRoute: () => printing, path: '/queue', component: QueueScreen }),
  createRoute({ getParentRoute: () => printing, path: '/printers', component: PrintersScreen }),
  createRoute({ getParentRoute: () => printing, path: '/stations', component: StationsScreen }),
] as const

const field = createRoute({ getParentRoute: () => root, path: '/field', component: FieldScreen })
const scanner = createRoute({ getParentRoute: () => root, path: '/field/scanner', component: ScannerScreen })
const recalls = createRoute({ getParentRoute: () => root, path: '/recalls', component: RecallsScreen })
const recall = createRoute({
  getParentRoute: () => root,
  path: '/recalls/$recallId',
  component: RecallScreen,
})

const passports = createRoute({
  getParentRoute: () => root,
  path: '/passports',
  component: PassportsScreen,
})
const passport = createRoute({
  getParentRoute: () => root,
  path: '/passports/$passportId',
  component: PassportScreen,
})

const settings = createRoute({ getParentRoute: () => root, path: '/settings', component: SettingsFrame })

const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/appearance', replace: true })
  },
})

const settingsPages = [
  createRoute({ getParentRoute: () => settings, path: '/appearance', component: AppearanceScreen }),
  createRoute({ getParentRoute: () => settings, path: '/businesses', component: BusinessesScreen }),
  createRoute({ getParentRoute: () => settings, path: '/restaurant', component: RestaurantScreen }),
  createRoute({ getParentRoute: () => settings, path: '/signing', component: SigningScreen }),
  createRoute({ getParentRoute: () => settings, path: '/tokens', component: TokensScreen }),
  createRoute({ getParentRoute: () => settings, path: '/device', component: DeviceScreen }),
] as const

const routes = root.addChildren([
  home,
  qrLinks,
  qrLink,
  exportsPage,
  studio,
  wallet,
  walletCard,
  imports,
  oneImport,
  restaurant.addChildren([...restaurantPages]),
  menu,
  tables,
  printing.addChildren([printingHome, ...printingPages]),
  field,
  scanner,
  recalls,
  recall,
  passports,
  passport,
  settings.addChildren([settingsHome, ...settingsPages]),
])

/** The pages and their addresses; search parameters are typed, so that an address is a saved view. */
export function createPages() {
  return createRouter({
    routeTree: routes,
    defaultPreload: false,
    scrollRestoration: true,
    scrollToTopSelectors: ['#content'],
    defaultPendingComponent: LoadingScreen,
    defaultErrorComponent: CrashScreen,
    defaultNotFoundComponent: MissingScreen,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPages>
  }
}
