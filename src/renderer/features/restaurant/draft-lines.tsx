import { Minus, Pencil, Plus, Trash2 } from 'lucide-react'
import { useMoney } from '../../lib/money.ts'
import { useTranslate } from '../../lib/translate.ts'
import { IconButton } from '../../ui/button.tsx'
import type { SetDraft } from './entry-form.tsx'
import { LineNote } from './order-lines.tsx'
import {
  modifiersOf,
  openGroups,
  priceOfOne,
  setQuantity,
  type DraftLine,
  type OrderDraft,
} from './order-draft.ts'
import styles from './entry.module.css'

interface DraftLinesProps {
  draft: OrderDraft
  setDraft: SetDraft
  edit: (line: DraftLine) => void
}

/** What was taken so far. */
export function DraftLines({ draft, setDraft, edit }: DraftLinesProps) {
  const t = useTranslate()
  if (draft.lines.length === 0) return <p className={styles.none}>{t('entry.empty')}</p>
  return (
    <ul className={styles.lines} aria-label={t('order.items')}>
      {draft.lines.map((line) => (
        <li key={line.key} className={styles.line}>
          <LineText line={line} />
          <div className={styles.lineTools}>
            <Quantity
              line={line}
              change={(quantity) => setDraft((before) => setQuantity(before, line.key, quantity))}
            />
            <IconButton
              label={t('entry.line.edit', { name: line.item.name })}
              icon={<Pencil aria-hidden />}
              onPress={() => edit(line)}
            />
          </div>
        </li>
      ))}
    </ul>
  )
}

function LineText({ line }: { line: DraftLine }) {
  const t = useTranslate()
  const money = useMoney(line.item.currency)
  const wanted = openGroups(line)
  return (
    <div className={styles.lineText}>
      <span className={styles.lineHead}>
        <strong dir="auto">{line.item.name}</strong>
        <span>{money.show(priceOfOne(line) * line.quantity)}</span>
      </span>
      {modifiersOf(line).map(({ group_id, option_id, name, quantity }) => (
        <span key={`${group_id} ${option_id}`} className={styles.quiet} dir="auto">
          {quantity > 1 ? t('order.modifier.times', { name, count: quantity }) : `+ ${name}`}
        </span>
      ))}
      {line.note !== '' && <LineNote text={line.note} />}
      {wanted.length > 0 && (
        <span className={styles.wrong}>
          {t('entry.line.open', { names: wanted.map(({ name }) => name).join(', ') })}
        </span>
      )}
    </div>
  )
}

function Quantity({ line, change }: { line: DraftLine; change: (quantity: number) => void }) {
  const t = useTranslate()
  const { name } = line.item
  return (
    <fieldset className={styles.quantity} aria-label={t('entry.quantity', { name })}>
      <IconButton
        label={line.quantity === 1 ? t('entry.line.remove', { name }) : t('entry.line.less', { name })}
        icon={line.quantity === 1 ? <Trash2 aria-hidden /> : <Minus aria-hidden />}
        onPress={() => change(line.quantity - 1)}
      />
      <output className={styles.count}>{line.quantity}</output>
      <IconButton
        label={t('entry.line.more', { name })}
        icon={<Plus aria-hidden />}
        isDisabled={line.quantity >= 99}
        onPress={() => change(line.quantity + 1)}
      />
    </fieldset>
  )
}
