import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { plainNodeHost } from '#server/host/plain-node.ts'

describe('the machine as plain Node sees it', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'qrscan-host-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('keeps secrets in a file of their owner alone, and says that no keychain protects it', async () => {
    const host = plainNodeHost(folder)
    await host.setSecret('remote', 'a')
    await host.setSecret('other', 'b')
    await host.deleteSecret('other')
    expect(await plainNodeHost(folder).getSecret('remote')).toBe('a')
    expect(await host.getSecret('other')).toBeUndefined()
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600)
    expect(host.secretsKeptIn).toContain('not protected')
  })

  it('opens no address that could run a program', async () => {
    const host = plainNodeHost(folder)
    for (const url of [
      'file:///etc/passwd',
      'javascript:alert(1)',
      'http://example.org/',
      'ms-msdt:/id',
      '--help',
      '',
    ]) {
      await expect(host.openExternal(url)).rejects.toThrow('Only https addresses are opened.')
    }
  })
})
