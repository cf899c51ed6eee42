import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import {
  Building2,
  Columns3,
  Contrast,
  FileSpreadsheet,
  HardDrive,
  Keyboard,
  KeyRound,
  Moon,
  Package,
  Palette,
  WalletCards,
  OctagonAlert,
  PackageSearch,
  Plus,
  QrCode,
  ReceiptText,
  ScanBarcode,
  ScanLine,
  Settings,
  Sun,
  type LucideIcon,
} from 'lucide-react'
import { linksQuery } from '../features/qr-links/queries.ts'
import { useApi } from '../lib/api.tsx'
import { useBusiness } from '../lib/business.tsx'
import { useDebounced } from '../lib/debounced.ts'
import { useTranslate } from '../lib/translate.ts'
import { useAppearance } from '../lib/use-appearance.ts'

/** Something that can be done from the palette. */
export interface Command {
  id: string
  name: string
  note?: string
  icon: LucideIcon
  run: () => void
}

/** Everything that can be done from anywhere, links aside. */
export function useCommands(showHelp: () => void): Command[] {
  const t = useTranslate()
  const help: Command = { id: 'keys', name: t('palette.keys'), icon: Keyboard, run: showHelp }
  return [...usePageCommands(), ...useThemeCommands(), help, ...useBusinessCommands()]
}

const pages = [
  { to: '/board', name: 'palette.toBoard', icon: Columns3 },
  { to: '/orders', name: 'palette.toOrders', icon: ReceiptText },
  { to: '/field', name: 'palette.toField', icon: ScanBarcode },
  { to: '/field/scanner', name: 'palette.toScanner', icon: ScanLine },
  { to: '/recalls', name: 'palette.toRecalls', icon: OctagonAlert },
  { to: '/passports', name: 'palette.toPassports', icon: PackageSearch },
  { to: '/qr-links', name: 'palette.toLinks', icon: QrCode },
  { to: '/imports', name: 'palette.toImports', icon: FileSpreadsheet },
  { to: '/studio', name: 'palette.toStudio', icon: Palette },
  { to: '/wallet', name: 'palette.toWallet', icon: WalletCards },
  { to: '/exports', name: 'palette.toExports', icon: Package },
  { to: '/settings/tokens', name: 'palette.toTokens', icon: KeyRound },
  { to: '/settings/appearance', name: 'palette.toSettings', icon: Settings },
  { to: '/settings/device', name: 'palette.toDevice', icon: HardDrive },
] as const

function usePageCommands(): Command[] {
  const t = useTranslate()
  const navigate = useNavigate()
  const create: Command = {
    id: 'new',
    name: t('palette.newLink'),
    icon: Plus,
    run: () => void navigate({ to: '/qr-links', search: { panel: 'new' } }),
  }
  const enter: Command = {
    id: 'new-order',
    name: t('palette.newOrder'),
    icon: ReceiptText,
    run: () => void navigate({ to: '/board/new' }),
  }
  return [
    create,
    enter,
    ...pages.map(({ to, name, icon }) => ({ id: to, name: t(name), icon, run: () => void navigate({ to }) })),
  ]
}

const themes = [
  { theme: 'light', name: 'palette.light', icon: Sun },
  { theme: 'dark', name: 'palette.dark', icon: Moon },
  { theme: 'contrast', name: 'palette.contrast', icon: Contrast },
] as const

function useThemeCommands(): Command[] {
  const t = useTranslate()
  const { change } = useAppearance()
  return themes.map(({ theme, name, icon }) => ({
    id: theme,
    name: t(name),
    icon,
    run: () => change({ theme }),
  }))
}

function useBusinessCommands(): Command[] {
  const t = useTranslate()
  const { all, current, choose } = useBusiness()
  return all
    .filter(({ id }) => id !== current.id)
    .map(({ id, name }) => ({
      id: `business-${id}`,
      name: t('palette.business', { name }),
      icon: Building2,
      run: () => choose(id),
    }))
}

/** The links that a text finds, once it is two characters long. */
export function useFoundLinks(text: string): Command[] {
  const api = useApi()
  const navigate = useNavigate()
  const business = useBusiness()
  const search = useDebounced(text.trim(), 150)
  const { data } = useQuery({
    ...linksQuery(api, { business_id: business.current.id, search, per_page: 6 }),
    enabled: search.length > 1,
    placeholderData: keepPreviousData,
  })
  if (search.length < 2 || !data) return []
  return data.data.map((link) => ({
    id: link.id,
    name: link.title ?? link.slug,
    note: `${link.slug} → ${link.destination_url}`,
    icon: QrCode,
    run: () => void navigate({ to: '/qr-links/$linkId', params: { linkId: link.id } }),
  }))
}
