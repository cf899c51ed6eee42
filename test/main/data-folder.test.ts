import { homedir } from 'node:os'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { dataFolder, serverEnvironment } from '#main/data-folder.ts'
import { defaultDataDir } from '#server/entry-config.ts'

describe('the data folder of the window', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
  })

  it.each(['linux', 'darwin', 'win32'] as const)('is the one the command line uses, on %s', (platform) => {
    for (const name of ['QRSCAN_DATA', 'XDG_DATA_HOME', 'APPDATA']) {
      vi.spyOn(process, 'platform', 'get').mockReturnValue(platform)
      vi.stubEnv('QRSCAN_DATA', undefined)
      vi.stubEnv('XDG_DATA_HOME', undefined)
      vi.stubEnv('APPDATA', undefined)
      const ours = () => dataFolder({ platform, env: process.env, home: homedir() })
      expect(ours()).toBe(defaultDataDir())
      vi.stubEnv(name, '/elsewhere')
      expect(ours()).toBe(defaultDataDir())
    }
  })
})

describe('the environment of the server', () => {
  it('holds what it needs and nothing that could change or spy on it', () => {
    const env = {
      HOME: '/home/a',
      NODE_OPTIONS: '--require evil',
      HTTPS_PROXY: 'x',
      AWS_SECRET: 'y',
      TZ: 'UTC',
    }
    expect(serverEnvironment(env)).toEqual({ HOME: '/home/a', TZ: 'UTC' })
  })
})
