import { Plus, Trash2 } from 'lucide-react'
import { useTranslate } from '../../lib/translate.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Checkbox } from '../../ui/toggle.tsx'
import { newGroup, newOption, type GroupDraft, type OptionDraft } from './menu-draft.ts'
import styles from './menu.module.css'

interface ModifierGroupsProps {
  groups: GroupDraft[]
  onChange: (groups: GroupDraft[]) => void
}

/** The questions that an item asks: which milk, which sauces, how cooked. */
export function ModifierGroups({ groups, onChange }: ModifierGroupsProps) {
  const t = useTranslate()
  const change = (at: number, group: GroupDraft): void => onChange(groups.with(at, group))
  return (
    <fieldset className={styles.groups}>
      <legend>{t('menu.groups')}</legend>
      <p className={styles.quiet}>{t('menu.groups.hint')}</p>
      {groups.map((group, at) => (
        <Group
          key={group.id}
          group={group}
          onChange={(next) => change(at, next)}
          remove={() => onChange(groups.toSpliced(at, 1))}
        />
      ))}
      <div>
        <Button small icon={<Plus aria-hidden />} onPress={() => onChange([...groups, newGroup()])}>
          {t('menu.groups.add')}
        </Button>
      </div>
    </fieldset>
  )
}

interface GroupProps {
  group: GroupDraft
  onChange: (group: GroupDraft) => void
  remove: () => void
}

function Group({ group, onChange, remove }: GroupProps) {
  const t = useTranslate()
  const { options } = group
  return (
    <div className={styles.group}>
      <div className={styles.groupHead}>
        <TextField
          label={t('menu.group.name')}
          placeholder={t('menu.group.example')}
          value={group.name}
          onChange={(name) => onChange({ ...group, name })}
        />
        <TextField
          label={t('menu.group.min')}
          inputMode="numeric"
          value={group.min}
          onChange={(min) => onChange({ ...group, min })}
        />
        <TextField
          label={t('menu.group.max')}
          inputMode="numeric"
          value={group.max}
          onChange={(max) => onChange({ ...group, max })}
        />
        <IconButton
          label={t('menu.group.remove', { name: group.name })}
          icon={<Trash2 aria-hidden />}
          onPress={remove}
        />
      </div>
      {options.map((option, at) => (
        <Option
          key={option.id}
          option={option}
          onChange={(next) => onChange({ ...group, options: options.with(at, next) })}
          remove={() => onChange({ ...group, options: options.toSpliced(at, 1) })}
        />
      ))}
      <div>
        <Button
          small
          tone="quiet"
          icon={<Plus aria-hidden />}
          onPress={() => onChange({ ...group, options: [...options, newOption()] })}
        >
          {t('menu.option.add')}
        </Button>
      </div>
    </div>
  )
}

interface OptionProps {
  option: OptionDraft
  onChange: (option: OptionDraft) => void
  remove: () => void
}

function Option({ option, onChange, remove }: OptionProps) {
  const t = useTranslate()
  return (
    <div className={styles.option}>
      <TextField
        bareLabel
        label={t('menu.option.name')}
        placeholder={t('menu.option.name')}
        value={option.name}
        onChange={(name) => onChange({ ...option, name })}
      />
      <TextField
        bareLabel
        label={t('menu.option.price')}
        placeholder="+0.00"
        inputMode="decimal"
        value={option.price}
        onChange={(price) => onChange({ ...option, price })}
      />
      <Checkbox
        isSelected={option.is_available}
        onChange={(is_available) => onChange({ ...option, is_available })}
      >
        {t('menu.available')}
      </Checkbox>
      <IconButton
        label={t('menu.option.remove', { name: option.name })}
        icon={<Trash2 aria-hidden />}
        onPress={remove}
      />
    </div>
  )
}
