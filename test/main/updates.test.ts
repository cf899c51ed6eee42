import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { wantsUpdates } from '#main/updates.ts'

describe('updates', () => {
  const resources = mkdtempSync(join(tmpdir(), 'qrscan-updates-'))
  afterAll(() => rmSync(resources, { recursive: true, force: true }))

  it('are off unless a packed app was told where to look, and can be switched off', () => {
    expect(wantsUpdates({ isPackaged: true, resources, env: {} })).toBe(false)
    writeFileSync(join(resources, 'app-update.yml'), 'provider: generic\n')
    expect(wantsUpdates({ isPackaged: true, resources, env: {} })).toBe(true)
    expect(wantsUpdates({ isPackaged: false, resources, env: {} })).toBe(false)
    expect(wantsUpdates({ isPackaged: true, resources, env: { QRSCAN_NO_UPDATES: '1' } })).toBe(false)
  })
})
