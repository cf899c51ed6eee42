import { useState } from 'react'
import type { MoneyFormat } from '../lib/money.ts'
import { mostOfOne, orderLines, setQuantity, showLines, type BasketLine, type ShownLine } from './basket.ts'
import type { Menu, OrderBody } from './guest-api.ts'
import { useGuestText } from './guest-text.ts'
import { PostNotice } from './post-notice.tsx'
import { Sheet } from './sheet.tsx'
import { Stepper } from './stepper.tsx'
import type { Orders } from './use-guest.ts'
import styles from './guest.module.css'

interface BasketSheetProps {
  lines: BasketLine[]
  menu: Menu
  money: MoneyFormat
  tableCode: string | null
  orders: Orders
  onChange: (lines: BasketLine[]) => void
  onRetry: () => void
  onClose: () => void
}

/** What will be ordered, and the one button that sends it. */
export function BasketSheet(props: BasketSheetProps) {
  const { lines, menu, money, tableCode, orders, onChange, onRetry, onClose } = props
  const { t } = useGuestText()
  const [notes, setNotes] = useState('')
  const [name, setName] = useState('')
  const shown = showLines(lines, menu)
  const total = shown.reduce((sum, line) => sum + line.total, 0)
  const { post, posting } = orders
  const isIdle = posting.step === 'idle' || posting.step === 'refused'
  const canSend = isIdle && lines.length > 0 && shown.every(({ trouble }) => trouble !== 'gone')
  const send = (): void => {
    const order: OrderBody = {
      table_code: tableCode,
      lines: orderLines(lines, menu),
      ...(notes.trim() !== '' && { notes: notes.trim() }),
      ...(name.trim() !== '' && { customer_name: name.trim() }),
    }
    void post.send(order)
  }
  return (
    <Sheet
      title={t('guest.basket')}
      onClose={onClose}
      foot={
        <>
          <PostNotice orders={orders} onRetry={onRetry} />
          <p className={styles.total}>
            <span>{t('guest.total')}</span> <strong>{money.show(total)}</strong>
          </p>
          <button type="button" className={styles.primary} disabled={!canSend} onClick={send}>
            {t('guest.send')}
          </button>
          <p className={styles.hint}>{t('guest.total.note')}</p>
        </>
      }
    >
      {lines.length === 0 && <p>{t('guest.basket.empty')}</p>}
      <ul className={styles.lines}>
        {shown.map((line, at) => (
          <Line
            key={`${line.line.menu_item_id} ${at}`}
            shown={line}
            money={money}
            isLocked={!isIdle}
            onQuantity={(quantity) => onChange(setQuantity(lines, at, quantity))}
          />
        ))}
      </ul>
      {lines.length > 0 && (
        <fieldset className={styles.group} disabled={!isIdle}>
          <label className={styles.field}>
            <span>{t('guest.note.order')}</span>
            <textarea value={notes} maxLength={1000} rows={2} onChange={(e) => setNotes(e.target.value)} />
          </label>
          <label className={styles.field}>
            <span>{t('guest.name')}</span>
            <input
              value={name}
              maxLength={120}
              autoComplete="name"
              onChange={(e) => setName(e.target.value)}
            />
          </label>
        </fieldset>
      )}
    </Sheet>
  )
}

interface LineProps {
  shown: ShownLine
  money: MoneyFormat
  isLocked: boolean
  onQuantity: (quantity: number) => void
}

function Line({ shown, money, isLocked, onQuantity }: LineProps) {
  const { t } = useGuestText()
  const { line, item, options, total, trouble } = shown
  const name = item?.name ?? t('guest.basket.gone')
  return (
    <li className={styles.line}>
      <div className={styles.lineText}>
        <span className={styles.itemName}>{name}</span>
        {options.length > 0 && <span className={styles.hint}>{options.join(', ')}</span>}
        {line.note.trim() !== '' && <span className={styles.hint}>{line.note}</span>}
        {trouble === 'gone' && item && <span className={styles.bad}>{t('guest.basket.gone')}</span>}
        {trouble === 'price' && (
          <span className={styles.warn}>
            {t('guest.basket.price', { price: money.show(total / line.quantity) })}
          </span>
        )}
      </div>
      <div className={styles.lineFoot}>
        <Stepper
          value={line.quantity}
          min={isLocked ? line.quantity : 0}
          max={isLocked || trouble === 'gone' ? line.quantity : mostOfOne}
          fewer={t('guest.fewerOf', { name })}
          more={t('guest.oneMoreOf', { name })}
          onChange={onQuantity}
        />
        <span className={styles.itemPrice}>{money.show(total)}</span>
      </div>
    </li>
  )
}
