import { useState } from 'react'
import { cx } from '../../lib/cx.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { narrow, useMedia } from '../../lib/use-media.ts'
import { BoardColumn } from './board-column.tsx'
import { statusesOf, type Columns, type OpenStatus } from './board-columns.ts'
import type { CardActions, CardLook } from './order-card.tsx'
import { statusLooks } from './state-looks.ts'
import type { TicketStates } from './use-board-tickets.ts'
import styles from './board.module.css'

interface ColumnsViewProps {
  columns: Columns
  tickets: TicketStates
  look: CardLook
  actions: CardActions
}

/** Side by side; where there is no room for that, one at a time. */
export function ColumnsView({ columns, ...rest }: ColumnsViewProps) {
  const isNarrow = useMedia(narrow)
  const statuses = statusesOf(rest.look.filter.view)
  const [chosen, setChosen] = useState<OpenStatus>(statuses[0] ?? 'received')
  const shown = statuses.includes(chosen) ? chosen : (statuses[0] ?? 'received')
  if (!isNarrow) {
    return (
      <div className={cx(styles.columns, statuses.length === 3 && styles.three)}>
        {statuses.map((status) => (
          <BoardColumn key={status} status={status} orders={columns[status]} {...rest} />
        ))}
      </div>
    )
  }
  return (
    <>
      <StatusTabs statuses={statuses} columns={columns} shown={shown} choose={setChosen} />
      <BoardColumn status={shown} orders={columns[shown]} {...rest} />
    </>
  )
}

interface StatusTabsProps {
  statuses: readonly OpenStatus[]
  columns: Columns
  shown: OpenStatus
  choose: (status: OpenStatus) => void
}

function StatusTabs({ statuses, columns, shown, choose }: StatusTabsProps) {
  const t = useTranslate()
  const formats = useFormats()
  return (
    <fieldset className={styles.tabs} aria-label={t('board.columns')}>
      {statuses.map((status) => (
        <button
          key={status}
          type="button"
          className={styles.tab}
          aria-pressed={status === shown}
          onClick={() => choose(status)}
        >
          <span>{t(statusLooks[status].name)}</span>
          <span className={styles.count}>{formats.number(columns[status].length)}</span>
        </button>
      ))}
    </fieldset>
  )
}
