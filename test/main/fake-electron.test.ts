import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { startFakeApp } from '#test/support/electron-app.ts'

/** The tests of the main process are worth as much as the fake is strict. */
describe('the fake of electron', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qrscan-fake-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** What a main process with this source says of the error it meets. */
  async function errorOf(source: string): Promise<unknown> {
    const script = join(folder, `${Math.random()}.mjs`)
    writeFileSync(
      script,
      `import * as electron from 'electron'\ntry { ${source} } catch (error) { electron.ipcMain.handle('error', () => error.message) }`,
    )
    await using app = await startFakeApp({ script })
    return await app.ask('invoke', 'error', [])
  }

  it.each([
    ['an API it does not know', 'electron.app.relaunch()', 'The fake of electron has no app.relaunch.'],
    [
      'a server before ready',
      "electron.utilityProcess.fork('x')",
      'utilityProcess.fork was called before ready.',
    ],
    ['a window before ready', 'new electron.BrowserWindow({})', 'BrowserWindow was called before ready.'],
    [
      'the session before ready',
      'electron.session.defaultSession',
      'session.defaultSession was read before ready.',
    ],
    [
      'a folder that is not there',
      "electron.app.setPath('userData', '/no/such/folder')",
      'The folder /no/such/folder is not there.',
    ],
    [
      'schemes registered twice',
      'for (const n of [1, 2]) electron.protocol.registerSchemesAsPrivileged([])',
      'protocol.registerSchemesAsPrivileged was called twice.',
    ],
  ])('refuses %s', async (_name, source, message) => {
    expect(await errorOf(source)).toBe(message)
  })
})
