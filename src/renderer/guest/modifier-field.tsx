import type { MoneyFormat } from '../lib/money.ts'
import type { Choice } from './basket.ts'
import type { MenuItem } from './guest-api.ts'
import { useGuestText, type GuestText } from './guest-text.ts'
import styles from './guest.module.css'

type Group = MenuItem['modifier_groups'][number]
type Option = Group['options'][number]

interface ModifierFieldProps {
  group: Group
  money: MoneyFormat
  isLocked: boolean
  isMissing: boolean
  choices: readonly Choice[]
  onChange: (choices: Choice[]) => void
}

/** One question about an item: one answer by radio buttons, several by boxes that stop at the most allowed. */
export function ModifierField({ group, money, isLocked, isMissing, choices, onChange }: ModifierFieldProps) {
  const text = useGuestText()
  const others = choices.filter(({ group_id }) => group_id !== group.id)
  const own = choices.filter(({ group_id }) => group_id === group.id)
  const isSingle = group.max === 1
  const has = ({ id }: Option) => own.some(({ option_id }) => option_id === id)
  const choose = (option: Option): void => {
    const choice = { group_id: group.id, option_id: option.id }
    if (isSingle) return onChange([...others, choice])
    const rest = own.filter(({ option_id }) => option_id !== option.id)
    onChange([...others, ...(has(option) ? rest : [...own, choice])])
  }
  const isFull = !isSingle && own.length >= group.max
  return (
    <fieldset className={styles.group} disabled={isLocked} data-missing={isMissing || undefined}>
      <legend>
        <strong>{group.name}</strong> <span className={styles.hint}>{ruleOf(group, text)}</span>
      </legend>
      {isSingle && group.min === 0 && (
        <label className={styles.option}>
          <input
            type="radio"
            name={group.id}
            checked={own.length === 0}
            onChange={() => onChange([...others])}
          />
          <span className={styles.optionName}>{text.t('guest.choose.nothing')}</span>
        </label>
      )}
      {group.options.map((option) => (
        <label key={option.id} className={styles.option}>
          <input
            type={isSingle ? 'radio' : 'checkbox'}
            name={group.id}
            checked={has(option)}
            disabled={!option.is_available || (isFull && !has(option))}
            onChange={() => choose(option)}
          />
          <span className={styles.optionName}>{option.name}</span>
          <span className={styles.hint}>
            {option.is_available ? surcharge(option, money) : text.t('guest.soldOut')}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function ruleOf({ min, max }: Group, { t }: GuestText): string {
  if (max === 1) return min === 0 ? '' : t('guest.choose.one')
  if (min === 0) return t('guest.choose.upTo', { max })
  return min === max ? t('guest.choose.exactly', { min }) : t('guest.choose.some', { min, max })
}

function surcharge({ price }: Option, money: MoneyFormat): string {
  if (price === 0) return ''
  return price > 0 ? `+ ${money.show(price)}` : `− ${money.show(-price)}`
}
