import type { Page } from 'playwright-core'
import type { BodyOf } from '#contract/endpoint.ts'
import type { Client } from '#contract/client.ts'
import { changeGuestAccess, showGuestAccess } from '#contract/guest-access.ts'
import { createMenuItem } from '#contract/menu-items.ts'
import { createTable, type DiningTable } from '#contract/tables.ts'

/** The address of a table's page: over this machine's network, as a phone has it, where there is one. */
export async function openDoor(window: Client, table: DiningTable): Promise<string> {
  const { addresses } = (await window.call(showGuestAccess)).guest_access
  const host = addresses.find((address) => !address.includes(':')) ?? '127.0.0.1'
  const { guest_access } = await window.call(changeGuestAccess, { body: { is_open: true, port: 0, host } })
  return `${guest_access.url}/t/${table.code}`
}

export async function addTable(window: Client, name = '7'): Promise<DiningTable> {
  return (await window.call(createTable, { body: { name } })).table
}

const bread = {
  id: 'bread',
  name: 'Bread with it',
  min: 1,
  max: 1,
  options: [
    { id: 'white', name: 'White bread', price: 0, is_available: true, allergens: ['gluten' as const] },
    { id: 'none', name: 'Without bread', price: -50, is_available: true },
    { id: 'seeds', name: 'Seed roll', price: 60, is_available: false },
  ],
}
const extras = {
  id: 'extras',
  name: 'Extras',
  min: 0,
  max: 2,
  options: [
    { id: 'cheese', name: 'Cheese', price: 120, is_available: true, allergens: ['milk' as const] },
    { id: 'bacon', name: 'Bacon', price: 150, is_available: true },
    { id: 'egg', name: 'Fried egg', price: 100, is_available: true, allergens: ['eggs' as const] },
  ],
}

/** A menu as a small restaurant has it: choices, allergens, something sold out. */
export async function fillMenu(window: Client): Promise<void> {
  const add = (body: BodyOf<typeof createMenuItem>) => window.call(createMenuItem, { body })
  await add({
    name: 'Tomato soup',
    description: 'With basil from the garden',
    category: 'Starters',
    price: 650,
    allergens: ['celery', 'milk'],
    modifier_groups: [bread],
    sort: 1,
  })
  await add({ name: 'Green salad', category: 'Starters', price: 590, allergens: ['mustard'], sort: 2 })
  await add({
    name: 'House burger',
    description: 'Beef from the region, pickles, fries',
    category: 'Mains',
    price: 1490,
    allergens: ['gluten', 'eggs', 'mustard', 'sesame'],
    modifier_groups: [extras],
    sort: 3,
  })
  await add({
    name: 'Fish of the day',
    category: 'Mains',
    price: 2100,
    allergens: ['fish'],
    is_available: false,
    sort: 4,
  })
  await add({ name: 'Crème brûlée', category: 'Desserts', price: 720, allergens: ['eggs', 'milk'], sort: 5 })
  await add({ name: 'Espresso', category: null, price: 260, sort: 6 })
}

/** Runs in the page: what can be pressed and is smaller than 44 pixels. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const within = document.querySelector('dialog[open]') ?? document
    return [...within.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea')].flatMap(
      (element) => {
        const target = element.matches('input[type=checkbox], input[type=radio]')
          ? (element.closest('label') ?? element)
          : element
        const { width, height } = target.getBoundingClientRect()
        if (width >= 43.5 && height >= 43.5) return []
        return [`${element.tagName} "${element.textContent}" ${width.toFixed(0)}×${height.toFixed(0)}`]
      },
    )
  })
}
