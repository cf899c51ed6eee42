import { useState } from 'react'
import { Verdict } from '#contract/recalls.ts'
import type { Item } from './item-carriers.ts'

/** A scan as the list of the last ones keeps it; scanning it again asks anew, since recalls change. */
export interface RecentScan extends Item {
  id: string
  at: string
  verdict: Verdict
  name: string
  /** What was recorded for it, in words. */
  recorded: string | null
}

const most = 40

/** What makes no sense in what was kept is left out. */
export function readRecentScans(text: string | null): RecentScan[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(value) ? value.filter(isRecentScan).slice(0, most) : []
  } catch {
    return []
  }
}

function isRecentScan(value: unknown): value is RecentScan {
  const { id, at, verdict, name, carriers, typed } = (value ?? {}) as Partial<
    Record<keyof RecentScan, unknown>
  >
  return (
    typeof id === 'string' &&
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at)) &&
    typeof name === 'string' &&
    Verdict.enum.some((one) => one === verdict) &&
    Array.isArray(carriers) &&
    carriers.every((carrier) => typeof carrier === 'string') &&
    typeof typed === 'object' &&
    typed !== null
  )
}

export interface RecentScans {
  all: readonly RecentScan[]
  /** Puts a scan at the front, or changes the one with its id. */
  put: (scan: RecentScan) => void
  note: (id: string, recorded: string) => void
  clear: () => void
}

/** The last scans of a business on this device, the newest first. */
export function useRecentScans(businessId: string): RecentScans {
  const key = `qrscan.field.scans.${businessId}`
  const [all, setAll] = useState<readonly RecentScan[]>(() => readRecentScans(localStorage.getItem(key)))
  const change = (work: (before: readonly RecentScan[]) => readonly RecentScan[]): void =>
    setAll((before) => {
      const next = work(before).slice(0, most)
      localStorage.setItem(key, JSON.stringify(next))
      return next
    })
  return {
    all,
    put: (scan) =>
      change((before) => {
        const recorded = before.find(({ id }) => id === scan.id)?.recorded ?? scan.recorded
        return [{ ...scan, recorded }, ...before.filter(({ id }) => id !== scan.id)]
      }),
    note: (id, recorded) =>
      change((before) => before.map((scan) => (scan.id === id ? { ...scan, recorded } : scan))),
    clear: () => change(() => []),
  }
}
