import { useTranslate, type MessageId } from '../lib/translate.ts'
import { Dialog, DialogBody } from '../ui/dialog.tsx'
import styles from './shell.module.css'

const groups: readonly { name: MessageId; keys: readonly [keys: string, does: MessageId][] }[] = [
  {
    name: 'keys.everywhere',
    keys: [
      ['Ctrl K', 'keys.palette'],
      ['?', 'keys.help'],
      ['C', 'keys.create'],
      ['G B', 'keys.board'],
      ['G O', 'keys.orders'],
      ['G L', 'keys.links'],
      ['G I', 'keys.imports'],
      ['G T', 'keys.tokens'],
      ['G S', 'keys.settings'],
    ],
  },
  {
    name: 'keys.onBoard',
    keys: [
      ['Arrows', 'keys.cards'],
      ['Enter', 'keys.advance'],
      ['U', 'keys.undo'],
      ['/', 'keys.search'],
      ['N', 'keys.newOrder'],
      ['F', 'keys.fullScreen'],
    ],
  },
  { name: 'keys.inLinks', keys: [['/', 'keys.search']] },
  {
    name: 'keys.inImport',
    keys: [
      ['Ctrl V', 'keys.paste'],
      ['N / P', 'keys.findings'],
      ['F8 / Shift F8', 'keys.findingsGrid'],
      ['Arrows', 'keys.cells'],
      ['Ctrl Home / End', 'keys.ends'],
      ['F2 / Enter', 'keys.edit'],
      ['Esc', 'keys.cancelEdit'],
      ['Ctrl .', 'keys.mend'],
    ],
  },
]

export function ShortcutHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTranslate()
  return (
    <Dialog title={t('keys.title')} isOpen={isOpen} onClose={onClose}>
      <DialogBody>
        {groups.map((group) => (
          <section key={group.name}>
            <h3 className={styles.keysName}>{t(group.name)}</h3>
            <dl className={styles.keys}>
              {group.keys.map(([keys, does]) => (
                <div key={keys}>
                  <dt>{t(does)}</dt>
                  <dd>
                    <kbd className={styles.kbd}>{keys}</kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </DialogBody>
    </Dialog>
  )
}
