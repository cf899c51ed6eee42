import type { MenuItem } from '#contract/menu-items.ts'

/** Categories in the order in which the menu first names them; `''` for items without one. */
export function categoriesOf(menu: readonly MenuItem[]): string[] {
  return [...new Set(menu.map(({ category }) => category ?? ''))]
}

/** Items whose name, kitchen name or category has every word; a search looks through all categories. */
export function itemsFound(
  menu: readonly MenuItem[],
  search: string,
  category: string | undefined,
): MenuItem[] {
  const words = fold(search).split(/\s+/).filter(Boolean)
  return menu.filter((item) => {
    if (words.length === 0) return category === undefined || (item.category ?? '') === category
    const text = fold(`${item.name} ${item.kitchen_name ?? ''} ${item.category ?? ''}`)
    return words.every((word) => text.includes(word))
  })
}

/** Without case and accents, as people type. */
export function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
