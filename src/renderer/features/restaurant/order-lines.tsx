import { MessageSquareText, Wheat } from 'lucide-react'
import type { OrderLine } from '#contract/order-intents.ts'
import { allergenNames } from '../../lib/allergen-names.ts'
import { cx } from '../../lib/cx.ts'
import { useTranslate } from '../../lib/translate.ts'
import styles from './order-lines.module.css'

interface OrderLinesProps {
  lines: readonly OrderLine[]
  /** Writes a line's price; the kitchen needs none. */
  price?: (line: OrderLine) => string
  /** On a card, where a note of ten thousand letters must not push the others away. */
  isShort?: boolean
}

/** What was ordered. Names come in any script and run in their own direction. */
export function OrderLines({ lines, price, isShort = false }: OrderLinesProps) {
  const t = useTranslate()
  return (
    <ul className={styles.lines}>
      {lines.map((line) => (
        <li key={line.id} className={styles.line}>
          <span className={styles.quantity}>{t('order.times', { count: line.quantity })}</span>
          <div className={styles.text}>
            <span className={styles.name} dir="auto">
              {line.name}
            </span>
            {line.modifiers.map(({ group_id, option_id, name, quantity }) => (
              <span key={`${group_id} ${option_id}`} className={styles.modifier} dir="auto">
                {quantity > 1 ? t('order.modifier.times', { name, count: quantity }) : `+ ${name}`}
              </span>
            ))}
            <Allergens allergens={line.allergens} />
            {line.note !== null && <LineNote text={line.note} isShort={isShort} />}
          </div>
          {price && <span className={styles.price}>{price(line)}</span>}
        </li>
      ))}
    </ul>
  )
}

function Allergens({ allergens }: { allergens: OrderLine['allergens'] }) {
  const t = useTranslate()
  if (allergens.length === 0) return null
  const names = allergens.map((allergen) => t(allergenNames[allergen])).join(', ')
  return (
    <span className={styles.allergens}>
      <Wheat aria-hidden />
      {t('order.contains', { names })}
    </span>
  )
}

/** What the guest wants to be known, of a line or of the whole order; on a card no more than fits one. */
export function LineNote({ text, isShort = false }: { text: string; isShort?: boolean }) {
  return (
    <span className={cx(styles.note, isShort && styles.short)}>
      <MessageSquareText aria-hidden />
      <span dir="auto">{text}</span>
    </span>
  )
}
