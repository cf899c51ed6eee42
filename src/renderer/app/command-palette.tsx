import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import {
  Contrast,
  FileSpreadsheet,
  Keyboard,
  KeyRound,
  Moon,
  Plus,
  QrCode,
  Search,
  Settings,
  Sun,
} from 'lucide-react'
import { useState, type ReactNode } from 'react'
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from 'react-aria-components'
import { linksQuery } from '../features/qr-links/queries.ts'
import { useApi } from '../lib/api.tsx'
import { useBusiness } from '../lib/business.tsx'
import { cx } from '../lib/cx.ts'
import { useDebounced } from '../lib/debounced.ts'
import { useAppearance } from '../lib/use-appearance.ts'
import { useTranslate } from '../lib/translate.ts'
import overlay from '../ui/overlay.module.css'
import styles from './command-palette.module.css'

interface PaletteProps {
  isOpen: boolean
  onClose: () => void
  showHelp: () => void
}

interface Command {
  id: string
  name: string
  note?: string
  icon: ReactNode
  run: () => void
}

/** Everything by typing: pages, actions and the links themselves. */
export function CommandPalette({ isOpen, onClose, showHelp }: PaletteProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => open || onClose()}
      isDismissable
      className={cx(overlay.shade, overlay.topped)}
    >
      <Modal className={cx(overlay.modal)}>
        <PaletteBody onClose={onClose} showHelp={showHelp} />
      </Modal>
    </ModalOverlay>
  )
}

function PaletteBody({ onClose, showHelp }: Omit<PaletteProps, 'isOpen'>) {
  const t = useTranslate()
  const [text, setText] = useState('')
  const { contains } = useFilter({ sensitivity: 'base' })
  const links = useFoundLinks(text)
  const commands = useCommands(showHelp).filter(({ name }) => contains(name, text))
  const sections = [
    { name: t('palette.actions'), commands },
    { name: t('palette.links'), commands: links },
  ].filter((section) => section.commands.length > 0)
  return (
    <Dialog aria-label={t('palette.title')} className={cx(overlay.dialog, overlay.wide)}>
      <Autocomplete inputValue={text} onInputChange={setText}>
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- it was opened to type into */}
        <SearchField aria-label={t('palette.title')} autoFocus className={cx(styles.field)}>
          <Search aria-hidden />
          <Input
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role, jsx-a11y/role-has-required-aria-props -- Autocomplete adds aria-controls
            role="combobox"
            aria-expanded
            aria-haspopup="listbox"
            className={cx(styles.input)}
            placeholder={t('palette.placeholder')}
          />
        </SearchField>
        <ListBox
          aria-label={t('palette.results')}
          className={cx(overlay.list, styles.results)}
          renderEmptyState={() => <p className={styles.none}>{t('palette.none')}</p>}
        >
          {sections.map((section) => (
            <ListBoxSection key={section.name} id={section.name}>
              <Header className={cx(styles.section)}>{section.name}</Header>
              {section.commands.map((command) => (
                <CommandItem key={command.id} command={command} onClose={onClose} />
              ))}
            </ListBoxSection>
          ))}
        </ListBox>
      </Autocomplete>
    </Dialog>
  )
}

function CommandItem({ command, onClose }: { command: Command; onClose: () => void }) {
  const run = (): void => {
    onClose()
    command.run()
  }
  return (
    <ListBoxItem id={command.id} textValue={command.name} onAction={run} className={cx(overlay.item)}>
      <span className={overlay.check}>{command.icon}</span>
      <span className={overlay.itemText}>
        <span>{command.name}</span>
        {command.note !== undefined && <span className={overlay.note}>{command.note}</span>}
      </span>
    </ListBoxItem>
  )
}

function useCommands(showHelp: () => void): Command[] {
  const t = useTranslate()
  const navigate = useNavigate()
  const { change } = useAppearance()
  const business = useBusiness()
  const go =
    (to: '/qr-links' | '/imports' | '/settings/tokens' | '/settings/appearance' | '/settings/device') => () =>
      void navigate({ to })
  const create = (): void => void navigate({ to: '/qr-links', search: { panel: 'new' } })
  return [
    { id: 'new', name: t('palette.newLink'), icon: <Plus aria-hidden />, run: create },
    { id: 'links', name: t('palette.toLinks'), icon: <QrCode aria-hidden />, run: go('/qr-links') },
    {
      id: 'imports',
      name: t('palette.toImports'),
      icon: <FileSpreadsheet aria-hidden />,
      run: go('/imports'),
    },
    {
      id: 'tokens',
      name: t('palette.toTokens'),
      icon: <KeyRound aria-hidden />,
      run: go('/settings/tokens'),
    },
    {
      id: 'settings',
      name: t('palette.toSettings'),
      icon: <Settings aria-hidden />,
      run: go('/settings/appearance'),
    },
    {
      id: 'device',
      name: t('palette.toDevice'),
      icon: <Settings aria-hidden />,
      run: go('/settings/device'),
    },
    {
      id: 'light',
      name: t('palette.light'),
      icon: <Sun aria-hidden />,
      run: () => change({ theme: 'light' }),
    },
    { id: 'dark', name: t('palette.dark'), icon: <Moon aria-hidden />, run: () => change({ theme: 'dark' }) },
    {
      id: 'contrast',
      name: t('palette.contrast'),
      icon: <Contrast aria-hidden />,
      run: () => change({ theme: 'contrast' }),
    },
    { id: 'keys', name: t('palette.keys'), icon: <Keyboard aria-hidden />, run: showHelp },
    ...business.all
      .filter(({ id }) => id !== business.current.id)
      .map(({ id, name }) => ({
        id: `business-${id}`,
        name: t('palette.business', { name }),
        icon: <QrCode aria-hidden />,
        run: () => business.choose(id),
      })),
  ]
}

function useFoundLinks(text: string): Command[] {
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
    icon: <QrCode aria-hidden />,
    run: () => void navigate({ to: '/qr-links/$linkId', params: { linkId: link.id } }),
  }))
}
