import { useDeferredValue, useState } from 'react'
import type { MoneyFormat } from '../lib/money.ts'
import type { Menu, MenuItem } from './guest-api.ts'
import { useGuestText } from './guest-text.ts'
import styles from './guest.module.css'

interface MenuViewProps {
  menu: Menu
  money: MoneyFormat
  onPick: (item: MenuItem) => void
}

/** The menu by category, with a search once it is longer than a screen or two. */
export function MenuView({ menu, money, onPick }: MenuViewProps) {
  const { t } = useGuestText()
  const [search, setSearch] = useState('')
  const wanted = useDeferredValue(search).trim()
  const sections = sectionsOf(menu.items.filter((item) => matches(item, wanted)))
  if (menu.items.length === 0) {
    return (
      <section className={styles.still}>
        <h2>{t('guest.empty')}</h2>
        <p>{t('guest.empty.help')}</p>
      </section>
    )
  }
  return (
    <>
      <input
        type="search"
        className={styles.search}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        placeholder={t('guest.search')}
        aria-label={t('guest.search')}
      />
      {sections.length > 1 && (
        <nav className={styles.categories} aria-label={t('guest.categories')}>
          {sections.map(({ name }, index) => (
            <a key={name} href={`#c${index}`} className={styles.chip}>
              {name ?? t('guest.more')}
            </a>
          ))}
        </nav>
      )}
      {sections.length === 0 && <p className={styles.still}>{t('guest.search.none', { text: wanted })}</p>}
      {sections.map(({ name, items }, index) => (
        <section key={name} id={`c${index}`} className={styles.section}>
          {(name !== null || sections.length > 1) && <h2>{name ?? t('guest.more')}</h2>}
          <ul className={styles.items}>
            {items.map((item) => (
              <li key={item.id}>
                <ItemRow item={item} money={money} onPick={onPick} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p className={styles.hint}>{t('guest.allergens.ask')}</p>
    </>
  )
}

function ItemRow({
  item,
  money,
  onPick,
}: {
  item: MenuItem
  money: MoneyFormat
  onPick: MenuViewProps['onPick']
}) {
  const { t, list } = useGuestText()
  const allergens = item.allergens.map((name) => t(`allergen.${name}`))
  return (
    <button
      type="button"
      className={styles.item}
      data-sold-out={!item.is_available || undefined}
      onClick={() => onPick(item)}
    >
      <span className={styles.itemText}>
        <span className={styles.itemName}>{item.name}</span>
        {item.description !== null && <span className={styles.itemDescription}>{item.description}</span>}
        {allergens.length > 0 && (
          <span className={styles.hint}>{t('guest.allergens', { list: list(allergens) })}</span>
        )}
      </span>
      <span className={styles.itemPrice}>
        {item.is_available ? money.show(item.price) : t('guest.soldOut')}
      </span>
    </button>
  )
}

/** Categories in the order in which the menu first names them; what has none comes last. */
function sectionsOf(items: readonly MenuItem[]): { name: string | null; items: MenuItem[] }[] {
  const byName = new Map<string | null, MenuItem[]>()
  for (const item of items) byName.set(item.category, [...(byName.get(item.category) ?? []), item])
  const sections = [...byName].map(([name, own]) => ({ name, items: own }))
  return [...sections.filter(({ name }) => name !== null), ...sections.filter(({ name }) => name === null)]
}

function matches({ name, description, category }: MenuItem, wanted: string): boolean {
  const text = fold([name, description, category].join('\n'))
  return fold(wanted)
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** Case and accents do not matter to somebody typing with one thumb. */
function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
