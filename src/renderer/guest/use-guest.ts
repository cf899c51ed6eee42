import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { GuestApi } from './guest-api.ts'
import type { BasketLine } from './basket.ts'
import type { Keep } from './kept.ts'
import { MenuLoader, type MenuState } from './menu-loader.ts'
import { OrderPost, type PostState } from './order-post.ts'
import type { Patience } from './patience.ts'
import { isOver, placedOrder, readReceipts, watchOrder, type PlacedOrder } from './receipts.ts'

export interface GuestParts {
  /** Of the table; null where none was scanned. */
  code: string | null
  api: GuestApi
  keep: Keep
  patience: Patience
}

/** The menu and a way to ask for a fresh one. */
export function useMenu({ api, code, patience }: GuestParts): { state: MenuState; reload: () => void } {
  const [loader] = useState(() => new MenuLoader({ api, code, wait: patience.wait }))
  const state = useSyncExternalStore(loader.listen, () => loader.state)
  useEffect(() => void loader.load(), [loader])
  return { state, reload: () => void loader.load() }
}

/** The basket, over a reload. */
export function useBasket(keep: Keep): [BasketLine[], (lines: BasketLine[]) => void] {
  const [lines, setLines] = useState<BasketLine[]>(() => (keep.read('basket') ?? []) as BasketLine[])
  return [
    lines,
    (next) => {
      keep.write('basket', next)
      setLines(next)
    },
  ]
}

export interface Orders {
  placed: PlacedOrder[]
  isReached: boolean
  hide: (receiptToken: string) => void
  post: OrderPost
  posting: PostState
}

/** The order under way and those that were placed, which are followed until they are over. */
export function useOrders({ api, keep, patience }: GuestParts, onPlaced: () => void): Orders {
  const [placed, setPlaced] = useState(() => readReceipts(keep, Date.now()))
  const [isReached, setReached] = useState(true)
  const change = useCallback(
    (next: (before: PlacedOrder[]) => PlacedOrder[]) => {
      const after = next(readReceipts(keep, Date.now()))
      keep.write('receipts', after)
      setPlaced(after)
    },
    [keep],
  )
  const [post] = useState(
    () =>
      new OrderPost({
        api,
        keep,
        now: Date.now,
        wait: patience.wait,
        onPlaced: (receipt) => {
          change((before) => [placedOrder(receipt), ...before])
          onPlaced()
        },
      }),
  )
  const posting = useSyncExternalStore(post.listen, () => post.state)
  useEffect(() => void post.resume(), [post])
  // As text, so that news of an order does not start the asking anew.
  const open = placed
    .filter((order) => !isOver(order))
    .map(({ receipt_token }) => receipt_token)
    .join(' ')
  useEffect(() => {
    const stop = new AbortController()
    for (const token of open === '' ? [] : open.split(' ')) {
      const order = readReceipts(keep, Date.now()).find(({ receipt_token }) => receipt_token === token)
      const onNews = (news: PlacedOrder) =>
        change((before) => before.map((one) => (one.receipt_token === token ? news : one)))
      if (order)
        void watchOrder(order, { api, wait: patience.wait, onNews, onReach: setReached }, stop.signal)
    }
    return () => stop.abort()
  }, [open, api, keep, patience, change])
  const hide = (token: string) => change((before) => before.filter((one) => one.receipt_token !== token))
  return { placed, isReached, hide, post, posting }
}
