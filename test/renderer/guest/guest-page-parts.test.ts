import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { allergens } from '#contract/allergens.ts'
import { endpoints } from '#contract/endpoints.ts'
import { ApiError } from '#contract/errors.ts'
import { OrderStatus } from '#contract/order-states.ts'
import { ServiceRequestKind } from '#contract/service-requests.ts'
import {
  addLine,
  missingGroups,
  orderLines,
  setQuantity,
  showLines,
  unitPrice,
  type BasketLine,
} from '#renderer/guest/basket.ts'
import { addresses, makeGuestApi, type Menu, type MenuItem } from '#renderer/guest/guest-api.ts'
import { loadGuestMessages } from '#renderer/guest/guest-text.ts'
import { makeKeep } from '#renderer/guest/kept.ts'
import { MenuLoader } from '#renderer/guest/menu-loader.ts'
import { guestEn } from '#renderer/guest/messages.ts'
import { findNonce } from '#renderer/guest/proof.ts'
import { placedOrder, watchOrder, type PlacedOrder } from '#renderer/guest/receipts.ts'

const folder = fileURLToPath(new URL('../../../src/renderer/guest', import.meta.url))

const soup: MenuItem = {
  id: 'soup',
  name: 'Soup',
  description: null,
  category: null,
  price: 650,
  allergens: [],
  is_available: true,
  modifier_groups: [
    {
      id: 'bread',
      name: 'Bread',
      min: 1,
      max: 1,
      options: [
        { id: 'white', name: 'White', price: 0, is_available: true },
        { id: 'none', name: 'None', price: -50, is_available: true },
      ],
    },
  ],
}
const menuOf = (...items: MenuItem[]): Menu => ({
  business: { name: 'B', logo: null, locale: 'en' },
  table: null,
  currency: 'EUR',
  guests_may_order: true,
  items,
})
const line = (more: Partial<BasketLine> = {}): BasketLine => ({
  menu_item_id: 'soup',
  quantity: 1,
  choices: [{ group_id: 'bread', option_id: 'none' }],
  note: '',
  unit_price: 600,
  ...more,
})

describe('the basket', () => {
  it('counts the same up, keeps other choices and wishes apart, and drops what is none', () => {
    const lines = [line(), line(), line({ note: ' ' }), line({ note: 'hot' }), line({ choices: [] })]
    const basket = lines.reduce<BasketLine[]>((all, one) => addLine(all, one), [])
    expect(basket.map(({ quantity }) => quantity)).toEqual([3, 1, 1])
    expect(setQuantity(basket, 1, 0)).toHaveLength(2)
    expect(setQuantity(basket, 0, 1000)[0]?.quantity).toBe(99)
  })

  it('prices by the menu of now, and says what changed or is gone', () => {
    expect(unitPrice(soup, line().choices)).toBe(600)
    expect(missingGroups(soup, []).map(({ id }) => id)).toEqual(['bread'])
    const trouble = (...items: MenuItem[]) => showLines([line({ quantity: 2 })], menuOf(...items))[0]
    expect(trouble(soup)).toMatchObject({ total: 1200, trouble: undefined, options: ['None'] })
    expect(trouble({ ...soup, price: 700 })).toMatchObject({ total: 1300, trouble: 'price' })
    expect(trouble({ ...soup, is_available: false })?.trouble).toBe('gone')
    expect(trouble({ ...soup, modifier_groups: [] })?.trouble).toBe('gone')
    expect(trouble()?.trouble).toBe('gone')
  })

  it('goes out as the contract has it', () => {
    expect(orderLines([line({ note: ' hot ' })], menuOf(soup))).toEqual([
      {
        menu_item_id: 'soup',
        quantity: 1,
        unit_price: 650,
        modifiers: [{ group_id: 'bread', option_id: 'none' }],
        note: 'hot',
      },
    ])
  })
})

describe('the work', () => {
  it('is what the contract asks for, in slices that let the page live', async () => {
    for (const salt of ['', 'ä', 'x'.repeat(63), 'y'.repeat(200)]) {
      const found = createHash('sha256').update(salt + (await findNonce(salt, 8, () => {})))
      expect(found.digest()[0]).toBe(0)
    }
    const shares: number[] = []
    const nonce = await findNonce('c2FsdA', 14, (share) => shares.push(share))
    const hash = createHash('sha256').update(`c2FsdA${nonce}`).digest()
    expect(hash.readUInt16BE(0) >> 2).toBe(0)
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true)
  })
})

describe('the guest page', () => {
  it('knows the addresses that the contract has', () => {
    const publicOnes = Object.entries(addresses).map(([name, path]) => {
      const endpoint = endpoints.find((one) => one.name === name)
      return [path, endpoint?.path, endpoint?.access]
    })
    expect(publicOnes).toHaveLength(6)
    for (const [path, wanted, access] of publicOnes) expect([path, access]).toEqual([wanted, 'public'])
  })

  it('has a compiling sentence for all it may say, and none that it never says', () => {
    expect(() => loadGuestMessages(['en'])).not.toThrow()
    const sources = readdirSync(folder)
      .filter((name) => /\.tsx?$/.test(name) && name !== 'messages.ts')
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n')
    const stems = [...sources.matchAll(/`((?:guest|allergen)\.(?:\w+\.)?)\$\{/g)].map(([, stem]) => stem!)
    const unsaid = Object.keys(guestEn).filter(
      (id) => !sources.includes(`'${id}'`) && !stems.some((stem) => id.startsWith(stem) && stem !== 'guest.'),
    )
    // Put together from a state of the menu.
    expect(unsaid).toEqual(
      ['unreachable', 'unreachable.help', 'unknown', 'wrong', 'wrong.help'].map((id) => `guest.${id}`),
    )
    const values = (schema: unknown) => (schema as { enum: string[] }).enum
    const wanted = [
      ...allergens.map((name) => `allergen.${name}`),
      ...values(OrderStatus).map((name) => `guest.status.${name}`),
      ...values(ServiceRequestKind).map((name) => `guest.call.${name}`),
    ]
    expect(wanted.filter((id) => !(id in guestEn))).toEqual([])
  })

  it('sends what fetch sends, and tells a refusal from a lost network', async () => {
    const answer = (status: number) => async () =>
      new Response('{"message":"no","errors":{"a":["b"]}}', { status, headers: { 'Retry-After': '3' } })
    const refused = makeGuestApi(answer(422)).menu('a/b')
    await expect(refused).rejects.toMatchObject({
      status: 422,
      errors: { a: ['b'] },
      headers: { 'retry-after': '3' },
    })
    const html = makeGuestApi(async () => new Response('<html>login to the Wi-Fi</html>')).menu(null)
    await expect(html).rejects.not.toBeInstanceOf(ApiError)
  })

  it('works where the browser keeps nothing', () => {
    const refuse = () => {
      throw new DOMException('no')
    }
    const keep = makeKeep({ getItem: refuse, setItem: refuse, removeItem: refuse }, 'x')
    keep.write('basket', [])
    expect(keep.read('basket')).toBeUndefined()
  })

  it('asks for the menu until it is there, and keeps it on the screen while asking anew', async () => {
    const answers: (Menu | Error)[] = [
      new TypeError('x'),
      new ApiError(500, 'x'),
      menuOf(soup),
      new TypeError('x'),
      menuOf(),
    ]
    const waits: number[] = []
    const seen: string[] = []
    const menu = async (): Promise<Menu> => {
      const answer = answers.shift()!
      if (answer instanceof Error) throw answer
      return answer
    }
    const loader = new MenuLoader({ api: { menu }, code: null, wait: async (ms) => void waits.push(ms) })
    loader.listen(() => seen.push(loader.state.step))
    await loader.load()
    await loader.load()
    expect(seen).toEqual(['failed', 'failed', 'there', 'there'])
    expect(waits).toEqual([1_000, 2_000, 1_000])
  })

  it('asks how an order stands every five seconds, less often while nobody answers, until it is over', async () => {
    const first = placedOrder({
      id: 'o',
      number: 3,
      status: 'received',
      total: 5,
      currency: 'EUR',
      receipt_token: 'r',
      placed_at: '2026-11-23T12:00:00.000000Z',
    })
    const { receipt_token: _token, ...state } = first
    const answers = [
      state,
      new TypeError('x'),
      new TypeError('x'),
      state,
      { ...state, status: 'served' as const },
    ]
    const waits: number[] = []
    const news: PlacedOrder[] = []
    const reach: boolean[] = []
    const parts = {
      api: {
        order: async () => {
          const answer = answers.shift()!
          if (answer instanceof Error) throw answer
          return answer
        },
      },
      wait: async (ms: number) => void waits.push(ms),
      onNews: (one: PlacedOrder) => void news.push(one),
      onReach: (isReached: boolean) => void reach.push(isReached),
    }
    await watchOrder(first, parts, new AbortController().signal)
    expect(waits).toEqual([0, 5_000, 10_000, 20_000, 5_000])
    expect(reach).toEqual([true, false, false, true, true])
    expect(news.at(-1)).toMatchObject({ status: 'served', receipt_token: 'r' })
  })
})

describe('the built page', () => {
  it('is under 120 kB packed, and asks nobody else for anything', () => {
    const built = fileURLToPath(new URL('../../../out/guest', import.meta.url))
    const files = readdirSync(built, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.\w+$/.test(name),
    )
    const bodies = files.map((name) => readFileSync(join(built, name)))
    const packed = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)
    expect(packed).toBeLessThan(120_000)
    expect(packed).toBeGreaterThan(30_000)
    const page = readFileSync(join(built, 'guest.html'), 'utf8')
    const asked = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address)
    expect(asked.filter((address) => !/^\/assets\/[\w.-]+$/.test(address ?? ''))).toEqual([])
    const styles = files
      .filter((name) => name.endsWith('.css'))
      .map((name) => readFileSync(join(built, name), 'utf8'))
    expect(styles.join('').match(/url\(|@import/)).toBeNull()
  })
})
