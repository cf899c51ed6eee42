import { describe, expect, it } from 'vitest'
import {
  columnsOf,
  isUnseen,
  linesShown,
  matchesSearch,
  statusesOf,
} from '#renderer/features/restaurant/board-columns.ts'
import { exampleLine, exampleOrder, exampleStation } from './example-orders.ts'

const stations = [exampleStation({ is_default: true }), exampleStation({ id: 'bar', name: 'Bar' })]
const everything = { view: 'counter', stations: [], search: '' } as const

describe('the board’s columns', () => {
  it('hold the open orders by state, those that wait longest first', () => {
    const orders = [
      exampleOrder({ id: 'young', number: 3, placed_at: '2026-11-23T10:00:00.000000Z' }),
      exampleOrder({ id: 'old', number: 2 }),
      exampleOrder({ id: 'older', number: 1 }),
      exampleOrder({ id: 'ready', status: 'ready' }),
      exampleOrder({ id: 'served', status: 'served' }),
    ]
    const columns = columnsOf(orders, everything, stations)
    expect(columns.received.map(({ id }) => id)).toEqual(['older', 'old', 'young'])
    expect(columns.ready.map(({ id }) => id)).toEqual(['ready'])
    expect(Object.values(columns).flat()).toHaveLength(4)
  })

  it('leave what was not accepted yet out of the kitchen', () => {
    expect(statusesOf('counter')).toEqual(['received', 'accepted', 'preparing', 'ready'])
    expect(statusesOf('kitchen')).toEqual(['accepted', 'preparing', 'ready'])
  })

  it('show a station its own orders, and those of no station or of a removed one to the default', () => {
    const drink = exampleOrder({ id: 'drink', lines: [exampleLine({ station_id: 'bar' })] })
    const none = exampleOrder({ id: 'none' })
    const removed = exampleOrder({ id: 'removed', lines: [exampleLine({ station_id: 'gone' })] })
    const ids = (chosen: string[]) =>
      columnsOf([drink, none, removed], { ...everything, stations: chosen }, stations).received.map(
        ({ id }) => id,
      )
    expect(ids(['bar'])).toEqual(['drink'])
    expect(ids(['kitchen'])).toEqual(['none', 'removed'])
    expect(ids(['bar', 'kitchen'])).toEqual(['drink', 'none', 'removed'])
  })

  it('show all orders where the station that was chosen is there no longer', () => {
    const columns = columnsOf([exampleOrder()], { ...everything, stations: ['removed'] }, stations)
    expect(columns.received).toHaveLength(1)
  })

  it('show the kitchen its own items alone, and the counter all of them', () => {
    const order = exampleOrder({
      lines: [exampleLine({ id: 'food' }), exampleLine({ id: 'drink', station_id: 'bar' })],
    })
    const shown = (view: 'kitchen' | 'counter') =>
      linesShown(order, { view, stations: ['bar'] }, stations).map(({ id }) => id)
    expect(shown('kitchen')).toEqual(['drink'])
    expect(shown('counter')).toEqual(['food', 'drink'])
  })
})

describe('the search of the board', () => {
  const order = exampleOrder({
    number: 12,
    table: 'Terrasse 3',
    customer_name: 'Zoë',
    lines: [exampleLine({ note: 'sans gluten', modifiers: [modifier('Oat milk')] })],
  })

  function modifier(name: string) {
    return { group_id: 'g', option_id: 'o', name, quantity: 1, price: 0 }
  }

  it.each(['12', '#12', 'terrasse', 'zoe', 'BRULEE', 'sans', 'oat', 'creme terrasse', ''])(
    'finds by “%s”',
    (text) => {
      expect(matchesSearch(order, text)).toBe(true)
    },
  )

  it.each(['#1', '#3', 'pizza', 'creme pizza'])('does not find by “%s”', (text) => {
    expect(matchesSearch(order, text)).toBe(false)
  })
})

describe('an order that nobody has seen', () => {
  it('is one of a guest or a till that is new, until somebody says so or works on it', () => {
    expect(isUnseen(exampleOrder())).toBe(true)
    expect(isUnseen(exampleOrder({ source: 'api', status: 'accepted' }))).toBe(true)
    expect(isUnseen(exampleOrder({ acknowledged_at: '2026-11-23T09:31:00.000000Z' }))).toBe(false)
    expect(isUnseen(exampleOrder({ source: 'staff' }))).toBe(false)
    expect(isUnseen(exampleOrder({ status: 'preparing' }))).toBe(false)
  })
})
