import { Search } from 'lucide-react'
import { useState } from 'react'
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
import { cx } from '../lib/cx.ts'
import { useTranslate } from '../lib/translate.ts'
import overlay from '../ui/overlay.module.css'
import { useCommands, useFoundLinks, type Command } from './commands.tsx'
import styles from './command-palette.module.css'

interface PaletteProps {
  isOpen: boolean
  onClose: () => void
  showHelp: () => void
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
      <span className={overlay.check}>
        <command.icon aria-hidden />
      </span>
      <span className={overlay.itemText}>
        <span>{command.name}</span>
        {command.note !== undefined && <span className={overlay.note}>{command.note}</span>}
      </span>
    </ListBoxItem>
  )
}
