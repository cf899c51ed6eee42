import { readFileSync, renameSync, writeFileSync } from 'node:fs'

export interface Bounds {
  x: number
  y: number
  width: number
  height: number
}

export interface WindowState {
  /** Undefined lets the system place the window. */
  bounds: Bounds | undefined
  maximized: boolean
}

const smallest = { width: 480, height: 400 }
/** So much of the title bar must be on a screen that the person can take hold of it. */
const grip = { width: 120, height: 32 }

/**
 * What was kept, if it still fits: a window on a screen that is gone would open where nobody sees it. `screens` are
 * the work areas in device-independent pixels.
 */
export function restoreState(kept: unknown, screens: readonly Bounds[]): WindowState {
  const { bounds, maximized } = (
    typeof kept === 'object' && kept !== null ? kept : {}
  ) as Partial<WindowState>
  const fits = isBounds(bounds) && screens.some((screen) => isReachable(bounds, screen))
  return { bounds: fits ? bounds : undefined, maximized: maximized === true }
}

function isBounds(value: unknown): value is Bounds {
  if (typeof value !== 'object' || value === null) return false
  const { x, y, width, height } = value as Partial<Bounds>
  if (![x, y, width, height].every((number) => Number.isSafeInteger(number))) return false
  return (width ?? 0) >= smallest.width && (height ?? 0) >= smallest.height
}

function isReachable(window: Bounds, screen: Bounds): boolean {
  const left = Math.max(window.x, screen.x)
  const right = Math.min(window.x + window.width, screen.x + screen.width)
  const barOnScreen = window.y >= screen.y && window.y + grip.height <= screen.y + screen.height
  return right - left >= grip.width && barOnScreen
}

/** Undefined where nothing readable was kept. */
export function readState(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Losing it costs nothing, so a full disk must not keep the window from closing. */
export function writeState(path: string, state: WindowState): void {
  try {
    writeFileSync(`${path}.new`, JSON.stringify(state))
    renameSync(`${path}.new`, path)
  } catch {
    // The next start opens at the default place.
  }
}
