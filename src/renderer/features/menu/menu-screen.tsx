import { useQuery } from '@tanstack/react-query'
import { Plus, UtensilsCrossed } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import type { MenuItem } from '#contract/menu-items.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { useMoney } from '../../lib/money.ts'
import { stationsQuery } from '../../lib/stations.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { TextField } from '../../ui/field.tsx'
import { Line, Lines } from '../../ui/lines.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Switch } from '../../ui/toggle.tsx'
import { allergenNames } from '../../lib/allergen-names.ts'
import { MenuItemForm } from './menu-item-form.tsx'
import { menuQuery, useChangeMenuItem } from './queries.ts'
import styles from './menu.module.css'

export function MenuScreen() {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const menu = useQuery(menuQuery(api, current.id))
  const [editing, setEditing] = useState<MenuItem | 'new' | null>(null)
  const [category, setCategory] = useState('')
  const add = (to = ''): void => {
    setCategory(to)
    setEditing('new')
  }
  return (
    <Page
      title={t('menu.title')}
      lead={t('menu.lead')}
      actions={
        <Button tone="primary" icon={<Plus aria-hidden />} onPress={() => add()}>
          {t('menu.add')}
        </Button>
      }
    >
      {menu.error !== null && <FailureNotice error={menu.error} retry={() => void menu.refetch()} />}
      {menu.isPending && <Skeleton label={t('ui.loading')} />}
      {menu.data?.length === 0 && (
        <EmptyState icon={<UtensilsCrossed aria-hidden />} title={t('menu.none')}>
          {t('menu.none.text')}
        </EmptyState>
      )}
      {menu.data && menu.data.length > 0 && <Menu items={menu.data} edit={setEditing} add={add} />}
      <MenuItemForm item={editing} category={category} onClose={() => setEditing(null)} />
    </Page>
  )
}

interface MenuProps {
  items: MenuItem[]
  edit: (item: MenuItem) => void
  add: (category: string) => void
}

function Menu({ items, edit, add }: MenuProps) {
  const t = useTranslate()
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim().toLowerCase())
  const categories = useMemo(() => {
    const shown = items.filter(({ name, category }) =>
      `${name} ${category ?? ''}`.toLowerCase().includes(wanted),
    )
    return Map.groupBy(shown, (item) => item.category ?? '')
  }, [items, wanted])
  return (
    <>
      <TextField
        bareLabel
        label={t('menu.search')}
        placeholder={t('menu.search')}
        value={text}
        onChange={setText}
      />
      {categories.size === 0 && <p className={styles.quiet}>{t('menu.noMatch', { text })}</p>}
      {[...categories].map(([category, inside]) => (
        <Card
          key={category}
          title={category === '' ? t('menu.noCategory') : category}
          actions={
            <Button small tone="quiet" icon={<Plus aria-hidden />} onPress={() => add(category)}>
              {t('menu.addHere')}
            </Button>
          }
        >
          <Lines label={category === '' ? t('menu.noCategory') : category}>
            {inside.map((item) => (
              <ItemLine key={item.id} item={item} edit={() => edit(item)} />
            ))}
          </Lines>
        </Card>
      ))}
    </>
  )
}

function ItemLine({ item, edit }: { item: MenuItem; edit: () => void }) {
  const t = useTranslate()
  const api = useApi()
  const money = useMoney(item.currency)
  const change = useChangeMenuItem()
  const { data: stations = [] } = useQuery(stationsQuery(api, item.business_id))
  const station = stations.find(({ id }) => id === item.station_id)?.name
  const facts = [
    money.show(item.price),
    station,
    ...item.modifier_groups.map(({ name }) => name),
    item.allergens.map((allergen) => t(allergenNames[allergen])).join(', '),
  ].filter(Boolean)
  return (
    <Line
      name={item.name}
      facts={facts.join(' · ')}
      tools={
        <>
          <Switch
            aria-label={t('menu.availableName', { name: item.name })}
            isSelected={item.is_available}
            isDisabled={change.isPending}
            onChange={(is_available) => change.mutate({ id: item.id, is_available })}
          >
            {item.is_available ? t('menu.available') : t('menu.soldOut')}
          </Switch>
          <Button small onPress={edit} aria-label={t('menu.editName', { name: item.name })}>
            {t('ui.edit')}
          </Button>
        </>
      }
    />
  )
}
