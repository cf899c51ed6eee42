import type { Allergen } from '#contract/allergens.ts'
import type { MenuItem, ModifierGroup } from '#contract/menu-items.ts'
import type { MoneyFormat } from '../../lib/money.ts'
import type { MenuItemInput } from './queries.ts'

/** A choice as it is being typed. */
export interface OptionDraft {
  id: string
  name: string
  price: string
  is_available: boolean
}

export interface GroupDraft {
  id: string
  name: string
  min: string
  max: string
  options: OptionDraft[]
}

/** An item of the menu as it is being typed. */
export interface MenuDraft {
  name: string
  kitchenName: string
  description: string
  category: string
  price: string
  stationId: string
  allergens: Allergen[]
  groups: GroupDraft[]
  isAvailable: boolean
}

export function draftOf(item: MenuItem | undefined, money: MoneyFormat, category = ''): MenuDraft {
  return {
    name: item?.name ?? '',
    kitchenName: item?.kitchen_name ?? '',
    description: item?.description ?? '',
    category: item?.category ?? category,
    price: item ? money.plain(item.price) : '',
    stationId: item?.station_id ?? '',
    allergens: item?.allergens ?? [],
    groups: (item?.modifier_groups ?? []).map((group) => groupDraft(group, money)),
    isAvailable: item?.is_available ?? true,
  }
}

function groupDraft({ id, name, min, max, options }: ModifierGroup, money: MoneyFormat): GroupDraft {
  return {
    id,
    name,
    min: String(min),
    max: String(max),
    options: options.map((option) => ({
      id: option.id,
      name: option.name,
      price: option.price === 0 ? '' : money.plain(option.price),
      is_available: option.is_available,
    })),
  }
}

export function newOption(): OptionDraft {
  return { id: crypto.randomUUID(), name: '', price: '', is_available: true }
}

export function newGroup(): GroupDraft {
  return { id: crypto.randomUUID(), name: '', min: '0', max: '1', options: [newOption()] }
}

/** What to send. An amount that is none is sent as it stands, so that the server's sentence stands at its field. */
export function inputOf(draft: MenuDraft, money: MoneyFormat): MenuItemInput {
  const amount = (text: string, empty: number): number =>
    text.trim() === '' ? empty : (money.read(text) ?? Number.NaN)
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())
  return {
    name: draft.name,
    kitchen_name: orNull(draft.kitchenName),
    description: orNull(draft.description),
    category: orNull(draft.category),
    price: amount(draft.price, Number.NaN),
    station_id: orNull(draft.stationId),
    allergens: draft.allergens,
    is_available: draft.isAvailable,
    modifier_groups: draft.groups.map((group) => ({
      id: group.id,
      name: group.name,
      min: Number(group.min),
      max: Number(group.max),
      options: group.options.map((option) => ({
        id: option.id,
        name: option.name,
        price: amount(option.price, 0),
        is_available: option.is_available,
      })),
    })),
  }
}
