import { OpenStatuses, type OrderStatus } from '#contract/order-states.ts'
import { isDay } from './business-day.ts'

/** What the address of the board or of order entry holds: the order that is open, or is changed. */
export interface BoardSearch {
  order?: string
}

export function readBoardSearch(raw: Record<string, unknown>): BoardSearch {
  const order = raw['order']
  return typeof order === 'string' && order !== '' ? { order } : {}
}

export const listedStatuses = ['open', ...OpenStatuses, 'served', 'rejected', 'cancelled'] as const
export type ListedStatus = 'open' | OrderStatus

/** What the address of the day's orders holds. */
export interface OrdersSearch {
  day?: string
  search?: string
  status?: ListedStatus
  page?: number
  order?: string
}

/** Reads an address; what makes no sense in it is left out, never an error. */
export function readOrdersSearch(raw: Record<string, unknown>): OrdersSearch {
  const page = Number(raw['page'])
  const status = listedStatuses.find((one) => one === raw['status'])
  const text = raw['search']
  const search = typeof text === 'string' || typeof text === 'number' ? String(text) : ''
  return {
    ...readBoardSearch(raw),
    ...(isDay(raw['day']) && { day: raw['day'] }),
    ...(search !== '' && { search }),
    ...(status !== undefined && { status }),
    ...(Number.isSafeInteger(page) && page > 1 && { page }),
  }
}
