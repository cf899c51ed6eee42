import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readState, restoreState, writeState } from '#main/window-state.ts'

const screens = [
  { x: 0, y: 25, width: 1440, height: 875 },
  { x: 1440, y: 0, width: 1920, height: 1080 },
]
const bounds = { x: 1500, y: 40, width: 1000, height: 700 }

describe('the place of the window', () => {
  it('is as it was left, also on the second screen', () => {
    expect(restoreState({ bounds, maximized: true }, screens)).toEqual({ bounds, maximized: true })
  })

  it('is left to the system when its screen is gone', () => {
    expect(restoreState({ bounds, maximized: false }, screens.slice(0, 1))).toEqual({
      bounds: undefined,
      maximized: false,
    })
  })

  it('is left to the system when nobody could take hold of its title bar', () => {
    const unreachable = [
      { ...bounds, y: -20 },
      { ...bounds, y: 1070 },
      { ...bounds, x: 3300 },
      { ...bounds, x: -950 },
    ]
    for (const place of unreachable) expect(restoreState({ bounds: place }, screens).bounds).toBeUndefined()
  })

  it('is left to the system when what was kept makes no sense', () => {
    const nonsense = [
      undefined,
      null,
      1,
      [],
      {},
      { bounds: 1 },
      { bounds: { ...bounds, width: 10 } },
      { bounds: { ...bounds, x: 1.5 } },
    ]
    for (const kept of nonsense)
      expect(restoreState(kept, screens)).toEqual({ bounds: undefined, maximized: false })
  })

  it('comes back from its file, and a broken or absent file is no error', () => {
    const folder = mkdtempSync(join(tmpdir(), 'qrscan-window-'))
    const path = join(folder, 'window.json')
    expect(readState(path)).toBeUndefined()
    writeState(path, { bounds, maximized: false })
    expect(readState(path)).toEqual({ bounds, maximized: false })
    writeFileSync(path, '{"bounds"')
    expect(readState(path)).toBeUndefined()
    rmSync(folder, { recursive: true })
    expect(() => writeState(path, { bounds, maximized: false })).not.toThrow()
  })
})
