import { useQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { allergens } from '#contract/allergens.ts'
import type { MenuItem } from '#contract/menu-items.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { useMoney } from '../../lib/money.ts'
import { stationsQuery } from '../../lib/stations.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { FormDialog, SaveForm } from '../../ui/form-dialog.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { Checkbox, Switch } from '../../ui/toggle.tsx'
import { allergenNames } from '../../lib/allergen-names.ts'
import { draftOf, inputOf, type MenuDraft } from './menu-draft.ts'
import { ModifierGroups } from './modifier-groups.tsx'
import { useDeleteMenuItem, useSaveMenuItem } from './queries.ts'
import styles from './menu.module.css'

interface MenuItemFormProps {
  /** The one to edit, `new` for another one, null while closed. */
  item: MenuItem | 'new' | null
  /** Where a new one goes. */
  category: string
  onClose: () => void
}

export function MenuItemForm({ item, category, onClose }: MenuItemFormProps) {
  const t = useTranslate()
  const title = item === 'new' || item === null ? t('menu.add') : item.name
  return (
    <FormDialog title={title} isOpen={item !== null} onClose={onClose} place="side" wide>
      <Fields
        item={item === 'new' || item === null ? undefined : item}
        category={category}
        onClose={onClose}
      />
    </FormDialog>
  )
}

interface FieldsProps {
  item: MenuItem | undefined
  category: string
  onClose: () => void
}

function Fields({ item, category, onClose }: FieldsProps) {
  const t = useTranslate()
  const toast = useToast()
  const { current } = useBusiness()
  const money = useMoney(current.currency)
  const [draft, setDraft] = useState(() => draftOf(item, money, category))
  const save = useSaveMenuItem(item, current.id)
  const onSave = (): void =>
    save.mutate(inputOf(draft, money), {
      onSuccess: ({ menu_item }) => {
        toast({ title: t('menu.saved', { name: menu_item.name }) })
        onClose()
      },
    })
  const change = (part: Partial<MenuDraft>): void => setDraft((before) => ({ ...before, ...part }))
  return (
    <SaveForm
      error={save.error}
      isPending={save.isPending}
      onSave={onSave}
      onClose={onClose}
      aside={item && <Remove item={item} onClose={onClose} />}
    >
      <Basics draft={draft} change={change} />
      <AllergenPicker draft={draft} change={change} />
      <ModifierGroups groups={draft.groups} onChange={(groups) => change({ groups })} />
    </SaveForm>
  )
}

interface PartProps {
  draft: MenuDraft
  change: (part: Partial<MenuDraft>) => void
}

function Basics({ draft, change }: PartProps) {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const { data: stations = [] } = useQuery(stationsQuery(api, current.id))
  return (
    <>
      <TextField
        name="name"
        label={t('menu.name')}
        value={draft.name}
        onChange={(name) => change({ name })}
        isRequired
        startsFocused
      />
      <div className={formStyles.pair}>
        <TextField
          name="price"
          label={t('menu.price', { currency: current.currency })}
          inputMode="decimal"
          value={draft.price}
          onChange={(price) => change({ price })}
          isRequired
        />
        <TextField
          name="category"
          label={t('menu.category')}
          value={draft.category}
          onChange={(category) => change({ category })}
        />
      </div>
      <TextField
        name="description"
        label={t('menu.description')}
        rows={2}
        value={draft.description}
        onChange={(description) => change({ description })}
      />
      <div className={formStyles.pair}>
        <SelectField
          label={t('menu.station')}
          choices={[
            { id: '', name: t('menu.station.default') },
            ...stations.map(({ id, name }) => ({ id, name })),
          ]}
          value={draft.stationId}
          onChange={(stationId) => change({ stationId })}
        />
        <TextField
          name="kitchen_name"
          label={t('menu.kitchenName')}
          hint={t('menu.kitchenName.hint')}
          value={draft.kitchenName}
          onChange={(kitchenName) => change({ kitchenName })}
        />
      </div>
      <Switch
        isSelected={draft.isAvailable}
        onChange={(isAvailable) => change({ isAvailable })}
        note={t('menu.available.note')}
      >
        {t('menu.available')}
      </Switch>
    </>
  )
}

function AllergenPicker({ draft, change }: PartProps) {
  const t = useTranslate()
  return (
    <fieldset className={styles.groups}>
      <legend>{t('menu.allergens')}</legend>
      <div className={styles.allergens}>
        {allergens.map((allergen) => (
          <Checkbox
            key={allergen}
            isSelected={draft.allergens.includes(allergen)}
            onChange={(on) =>
              change({
                allergens: allergens.filter((one) => (one === allergen ? on : draft.allergens.includes(one))),
              })
            }
          >
            {t(allergenNames[allergen])}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  )
}

function Remove({ item, onClose }: { item: MenuItem; onClose: () => void }) {
  const t = useTranslate()
  const toast = useToast()
  const remove = useDeleteMenuItem()
  const run = (): void =>
    remove.mutate(item.id, {
      onSuccess: () => {
        toast({ title: t('menu.removed', { name: item.name }) })
        onClose()
      },
    })
  return (
    <Button tone="danger" icon={<Trash2 aria-hidden />} onPress={run} isDisabled={remove.isPending}>
      {t('menu.remove')}
    </Button>
  )
}
