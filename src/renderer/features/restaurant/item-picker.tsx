import { SearchX } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { MenuItem } from '#contract/menu-items.ts'
import { cx } from '../../lib/cx.ts'
import { useMoney } from '../../lib/money.ts'
import { useTranslate } from '../../lib/translate.ts'
import { ChoiceBar } from './choice-bar.tsx'
import { categoriesOf, itemsFound } from './menu-search.ts'
import { SearchBox } from './search-box.tsx'
import styles from './entry.module.css'

interface ItemPickerProps {
  menu: readonly MenuItem[]
  pick: (item: MenuItem) => void
}

const all = '*all'

export function ItemPicker({ menu, pick }: ItemPickerProps) {
  const t = useTranslate()
  const [search, setSearch] = useState('')
  const [category, setCategory] = useState(all)
  const categories = useMemo(() => categoriesOf(menu), [menu])
  const items = itemsFound(menu, search, category === all ? undefined : category)
  const choices = [
    { id: all, name: t('entry.allCategories') },
    ...categories.map((id) => ({ id, name: id === '' ? t('entry.noCategory') : id })),
  ]
  return (
    <section className={styles.picker} aria-label={t('entry.menu')}>
      <SearchBox
        label={t('entry.search')}
        placeholder={t('entry.search.placeholder')}
        value={search}
        onChange={setSearch}
      />
      {categories.length > 1 && (
        <ChoiceBar
          label={t('entry.categories')}
          choices={choices}
          chosen={[category]}
          onPress={setCategory}
        />
      )}
      {items.length === 0 && (
        <p className={styles.none}>
          <SearchX aria-hidden />
          {t('entry.noItem')}
        </p>
      )}
      <ul className={styles.items}>
        {items.map((item) => (
          <li key={item.id}>
            <ItemButton item={item} pick={pick} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function ItemButton({ item, pick }: { item: MenuItem; pick: (item: MenuItem) => void }) {
  const t = useTranslate()
  const money = useMoney(item.currency)
  return (
    <button
      type="button"
      className={cx(styles.item)}
      disabled={!item.is_available}
      onClick={() => pick(item)}
    >
      <span className={styles.itemName} dir="auto">
        {item.name}
      </span>
      <span className={styles.itemPrice}>
        {item.is_available ? money.show(item.price) : t('entry.soldOut')}
      </span>
    </button>
  )
}
