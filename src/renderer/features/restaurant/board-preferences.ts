import { useState } from 'react'
import type { BoardView } from './board-columns.ts'

export const tunes = ['bell', 'chime', 'alarm', 'off'] as const
export type Tune = (typeof tunes)[number]

/** What a device at its place wants: the screen over the stove is not the one at the till. */
export interface BoardPreferences {
  view: BoardView
  stations: readonly string[]
  tune: Tune
  /** 0 to 100. */
  volume: number
  keepAwake: boolean
}

const storageKey = 'qrscan.board'

function loadBoardPreferences(): BoardPreferences {
  return readBoardPreferences(localStorage.getItem(storageKey))
}

/** What makes no sense in what was kept counts as never chosen. */
export function readBoardPreferences(text: string | null): BoardPreferences {
  const kept = parse(text)
  const { stations, volume } = kept
  return {
    view: kept['view'] === 'kitchen' ? 'kitchen' : 'counter',
    stations: Array.isArray(stations) ? stations.filter((id) => typeof id === 'string') : [],
    tune: tunes.find((tune) => tune === kept['tune']) ?? 'bell',
    volume: typeof volume === 'number' && volume >= 0 && volume <= 100 ? volume : 70,
    keepAwake: kept['keepAwake'] !== false,
  }
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

export type ChangePreferences = (part: Partial<BoardPreferences>) => void

/** The preferences of this device, and how to change and keep some of them. */
export function useBoardPreferences(): [BoardPreferences, ChangePreferences] {
  const [preferences, setPreferences] = useState(loadBoardPreferences)
  const change: ChangePreferences = (part) => {
    const next = { ...preferences, ...part }
    setPreferences(next)
    localStorage.setItem(storageKey, JSON.stringify(next))
  }
  return [preferences, change]
}
