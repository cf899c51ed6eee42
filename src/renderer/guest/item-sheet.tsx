import { useState } from 'react'
import type { Allergen } from '#contract/allergens.ts'
import type { MoneyFormat } from '../lib/money.ts'
import { missingGroups, mostOfOne, optionOf, unitPrice, type BasketLine, type Choice } from './basket.ts'
import type { MenuItem } from './guest-api.ts'
import { useGuestText } from './guest-text.ts'
import { ModifierField } from './modifier-field.tsx'
import { Sheet } from './sheet.tsx'
import { Stepper } from './stepper.tsx'
import styles from './guest.module.css'

interface ItemSheetProps {
  item: MenuItem
  money: MoneyFormat
  mayOrder: boolean
  onAdd: (line: BasketLine) => void
  onClose: () => void
}

/** One thing of the menu: what is in it, what can be chosen, and into the basket. */
export function ItemSheet({ item, money, mayOrder, onAdd, onClose }: ItemSheetProps) {
  const { t, list } = useGuestText()
  const [choices, setChoices] = useState<Choice[]>([])
  const [quantity, setQuantity] = useState(1)
  const [note, setNote] = useState('')
  const [isAsked, setAsked] = useState(false)
  const missing = missingGroups(item, choices)
  const unit_price = unitPrice(item, choices)
  const allergens = allergensOf(item, choices).map((name) => t(`allergen.${name}`))
  const add = (): void => {
    if (missing.length > 0) return setAsked(true)
    onAdd({ menu_item_id: item.id, quantity, choices, note, unit_price })
  }
  return (
    <Sheet
      title={item.name}
      onClose={onClose}
      foot={
        mayOrder &&
        item.is_available && (
          <>
            {isAsked && missing.length > 0 && (
              <p className={styles.bad} role="alert">
                {t('guest.add.missing', { names: list(missing.map(({ name }) => name)) })}
              </p>
            )}
            <div className={styles.addRow}>
              <Stepper
                value={quantity}
                min={1}
                max={mostOfOne}
                fewer={t('guest.fewer')}
                more={t('guest.moreOf')}
                onChange={setQuantity}
              />
              <button type="button" className={styles.primary} onClick={add}>
                {t('guest.add', { price: money.show(unit_price * quantity) })}
              </button>
            </div>
          </>
        )
      }
    >
      {item.description !== null && <p className={styles.description}>{item.description}</p>}
      <p className={styles.price}>{item.is_available ? money.show(item.price) : t('guest.soldOut')}</p>
      <p className={styles.allergens}>
        {allergens.length > 0 ? t('guest.allergens', { list: list(allergens) }) : t('guest.allergens.none')}
      </p>
      {item.modifier_groups.map((group) => (
        <ModifierField
          key={group.id}
          group={group}
          money={money}
          isLocked={!mayOrder || !item.is_available}
          isMissing={isAsked && missing.includes(group)}
          choices={choices}
          onChange={setChoices}
        />
      ))}
      {mayOrder && item.is_available && (
        <label className={styles.field}>
          <span>{t('guest.note.item')}</span>
          <textarea value={note} maxLength={500} rows={2} onChange={(event) => setNote(event.target.value)} />
        </label>
      )}
    </Sheet>
  )
}

function allergensOf(item: MenuItem, choices: readonly Choice[]): Allergen[] {
  const chosen = choices.flatMap((choice) => optionOf(item, choice)?.allergens ?? [])
  return [...new Set([...item.allergens, ...chosen])]
}
