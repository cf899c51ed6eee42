import { Check } from 'lucide-react'
import { useState } from 'react'
import type { MenuItem, ModifierGroup } from '#contract/menu-items.ts'
import { useMoney } from '../../lib/money.ts'
import { useTranslate, type Translate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { countChosen, openGroups, priceOfOne, toggleOption, type DraftLine } from './order-draft.ts'
import styles from './entry.module.css'

interface ModifierDialogProps {
  line: DraftLine | undefined
  onClose: () => void
  take: (line: DraftLine) => void
}

/** The questions about an item, such as which milk, and what the guest said beside. */
export function ModifierDialog({ line, onClose, take }: ModifierDialogProps) {
  return (
    <Dialog title={line?.item.name ?? ''} isOpen={line !== undefined} onClose={onClose} wide>
      {line && <LineForm key={line.key} line={line} onClose={onClose} take={take} />}
    </Dialog>
  )
}

function LineForm({ line: start, onClose, take }: ModifierDialogProps & { line: DraftLine }) {
  const t = useTranslate()
  const [line, setLine] = useState(start)
  const money = useMoney(line.item.currency)
  const isOpen = openGroups(line).length > 0
  const submit = (): void => {
    take({ ...line, note: line.note.trim() })
    onClose()
  }
  return (
    <>
      <DialogBody>
        {line.item.modifier_groups.map((group) => (
          <Group
            key={group.id}
            group={group}
            item={line.item}
            chosen={line.chosen[group.id] ?? {}}
            count={countChosen(group, line.chosen)}
            toggle={(id) => setLine({ ...line, chosen: toggleOption(group, line.chosen, id) })}
          />
        ))}
        <TextField
          label={t('entry.line.note')}
          value={line.note}
          maxLength={500}
          onChange={(note) => setLine({ ...line, note })}
        />
      </DialogBody>
      <DialogFoot>
        <Button onPress={onClose}>{t('ui.cancel')}</Button>
        <Button tone="primary" isDisabled={isOpen} onPress={submit}>
          {t('entry.line.take', { price: money.show(priceOfOne(line) * line.quantity) })}
        </Button>
      </DialogFoot>
    </>
  )
}

interface GroupProps {
  group: ModifierGroup
  item: MenuItem
  chosen: Readonly<Record<string, number>>
  count: number
  toggle: (optionId: string) => void
}

function Group({ group, item, chosen, count, toggle }: GroupProps) {
  const t = useTranslate()
  const money = useMoney(item.currency)
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>
        <strong dir="auto">{group.name}</strong>
        <span className={count < group.min ? styles.wrong : styles.quiet}>{howMany(group, t)}</span>
      </legend>
      <div className={styles.options}>
        {group.options.map((option) => {
          const isOn = (chosen[option.id] ?? 0) > 0
          const isFull = !isOn && group.max > 1 && count >= group.max
          return (
            <button
              key={option.id}
              type="button"
              className={styles.option}
              aria-pressed={isOn}
              disabled={(!option.is_available && !isOn) || isFull}
              onClick={() => toggle(option.id)}
            >
              <span className={styles.tick}>{isOn && <Check aria-hidden />}</span>
              <span className={styles.optionName} dir="auto">
                {option.name}
              </span>
              <span>{option.is_available ? signed(option.price, money.show) : t('entry.soldOut')}</span>
            </button>
          )
        })}
      </div>
    </fieldset>
  )
}

function howMany({ min, max }: ModifierGroup, t: Translate): string {
  if (min === max) return t('entry.group.exactly', { count: min })
  return min === 0 ? t('entry.group.upTo', { count: max }) : t('entry.group.between', { min, max })
}

/** `+€1.00`; nothing where the choice costs nothing. */
function signed(price: number, show: (minor: number) => string): string {
  if (price === 0) return ''
  return price > 0 ? `+${show(price)}` : show(price)
}
