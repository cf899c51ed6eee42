import { Undo2 } from 'lucide-react'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { useTranslate } from '../../lib/translate.ts'
import { useRestaurant } from './restaurant-context.ts'
import styles from './board.module.css'

/** The last step and how to take it back; one place that always is the same, however fast the steps come. */
export function UndoBar() {
  const t = useTranslate()
  const { undo } = useRestaurant()
  useShortcuts({ u: undo.undo })
  const { latest } = undo
  return (
    <output className={styles.undoPlace}>
      {latest && (
        <span key={latest.key} className={styles.undoBar}>
          {latest.text}
          {latest.run && (
            <button type="button" className={styles.undo} onClick={undo.undo}>
              <Undo2 aria-hidden />
              {t('ui.undo')}
            </button>
          )}
        </span>
      )}
    </output>
  )
}
