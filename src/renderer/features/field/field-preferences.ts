import { useState } from 'react'
import type { ScannerProfile } from './scanner-profile.ts'

/** What this device keeps, so that an action takes two touches. */
export interface FieldPreferences {
  sound: boolean
  /** The camera was on when the page was left. */
  camera: boolean
  cameraId: string
  place: string
  person: string
  /** Undefined until the scanner was tried out. */
  scanner: ScannerProfile | undefined
}

const storageKey = 'qrscan.field'

/** What makes no sense in what was kept counts as never chosen. */
export function readFieldPreferences(text: string | null): FieldPreferences {
  const kept = parse(text)
  const textOf = (name: string): string => {
    const value = kept[name]
    return typeof value === 'string' ? value : ''
  }
  return {
    sound: kept['sound'] !== false,
    camera: kept['camera'] === true,
    cameraId: textOf('cameraId'),
    place: textOf('place'),
    person: textOf('person'),
    scanner: readProfile(kept['scanner']),
  }
}

function readProfile(value: unknown): ScannerProfile | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { separator, symbology, prefix, end, swapsCase } = value as Partial<
    Record<keyof ScannerProfile, unknown>
  >
  const known = separatorOf(separator)
  const ending = (['Enter', 'Tab', 'pause'] as const).find((one) => one === end)
  if (known === undefined || ending === undefined || typeof prefix !== 'string') return undefined
  return {
    separator: known,
    symbology: symbology === 'sent' ? 'sent' : 'missing',
    prefix,
    end: ending,
    swapsCase: swapsCase === true,
  }
}

function separatorOf(value: unknown): ScannerProfile['separator'] | undefined {
  if (value === 'lost') return value
  const { text, key } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  if (typeof text === 'string' && text !== '') return { text }
  return typeof key === 'string' && key !== '' ? { key } : undefined
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

export type ChangeFieldPreferences = (part: Partial<FieldPreferences>) => void

/** The preferences of this device, and how to change and keep some of them. */
export function useFieldPreferences(): [FieldPreferences, ChangeFieldPreferences] {
  const [preferences, setPreferences] = useState(() => readFieldPreferences(localStorage.getItem(storageKey)))
  const change: ChangeFieldPreferences = (part) =>
    setPreferences((before) => {
      const next = { ...before, ...part }
      localStorage.setItem(storageKey, JSON.stringify(next))
      return next
    })
  return [preferences, change]
}
