import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient } from '#contract/client.ts'
import { createQrLink, listQrLinks } from '#contract/qr-links.ts'
import { runQrscan, serveQrscan } from '#test/support/cli.ts'
import { readCodes } from '#test/support/read-codes.ts'

const folder = mkdtempSync(join(tmpdir(), 'qrscan-cli-'))
const data = join(folder, 'data')
const goodFile = join(folder, 'good.csv')
const badFile = join(folder, 'bad.csv')

beforeAll(() => {
  writeFileSync(
    goodFile,
    'slug,destination_url\nmenu,https://example.com/menu\nwine,https://example.com/wine\n',
  )
  writeFileSync(badFile, 'slug,destination_url\napi,https://example.com/\nlocal,https://10.0.0.1/\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('qrscan on the command line', () => {
  it('helps, also for each command, and refuses what it does not know with code 2', async () => {
    const help = await runQrscan('--help')
    expect(help.code).toBe(0)
    for (const name of ['serve', 'open', 'token', 'import', 'qr', 'openapi']) {
      expect(help.out).toContain(`  ${name} `)
      const own = await runQrscan(name, '--help')
      expect(own.code).toBe(0)
      expect(own.out).toContain(`qrscan ${name}`)
    }
    expect(await runQrscan('frobnicate')).toMatchObject({ code: 2, out: '' })
    expect((await runQrscan('serve', '--port', '70000')).err).toContain(
      '--port takes a whole number from 0 to 65535',
    )
    expect((await runQrscan('serve', '--sideways')).code).toBe(2)
  })

  it('serves, says so in one line, and ends in order', async () => {
    const server = await serveQrscan(data)
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(server.launchUrl.startsWith(`${server.url}/#t=`)).toBe(true)
    expect((await fetch(`${server.url}/api/openapi.json`)).status).toBe(200)
    expect(statSync(join(data, 'server.json')).mode & 0o777).toBe(0o600)
    expect(await server.stop()).toBe(0)
    expect(() => statSync(join(data, 'server.json'))).toThrow('ENOENT')
  })

  it('makes a token beside a running server, which takes it at once and no longer once revoked', async () => {
    const server = await serveQrscan(data)
    try {
      const words = [
        '--kind',
        'api',
        '--scopes',
        'links:read,links:write',
        '--rate',
        '50',
        '--expires',
        '90d',
      ]
      const made = await runQrscan('token', 'create', '--data', data, ...words, '--json')
      expect(made).toMatchObject({ code: 0, err: '' })
      const { token, plain_text_token: bearer } = JSON.parse(made.out) as {
        token: { id: string; rate_per_minute: number }
        plain_text_token: string
      }
      expect(token.rate_per_minute).toBe(50)
      const client = createClient({ baseUrl: server.url, token: () => bearer })
      await client.call(createQrLink, { body: { slug: 'by-token', destination_url: 'https://example.com/' } })
      expect((await client.call(listQrLinks)).qr_links.total).toBe(1)
      expect((await runQrscan('token', 'revoke', token.id, '--data', data)).code).toBe(0)
      await expect(client.call(listQrLinks)).rejects.toMatchObject({ status: 401 })
      expect((await runQrscan('token', 'list', '--data', data)).out).toContain('revoked')
    } finally {
      await server.stop()
    }
  })

  it('refuses a scope that does not exist, and a second server on the same data', async () => {
    const wrong = await runQrscan('token', 'create', '--data', data, '--scopes', 'links:eat')
    expect(wrong.code).toBe(2)
    expect(wrong.err).toContain('There is no scope "links:eat"')
    const server = await serveQrscan(data)
    const second = await runQrscan('serve', '--data', data, '--no-open', '--json')
    expect(second).toMatchObject({ code: 3, out: '' })
    expect(second.err).toContain('in use by another QRScan process')
    const link = await runQrscan('open', '--data', data, '--json')
    expect((JSON.parse(link.out) as { url: string }).url.startsWith(`${server.url}/#t=`)).toBe(true)
    await server.stop()
    expect((await runQrscan('open', '--data', data, '--json')).code).toBe(1)
  })

  it('fails loudly where the pinned port is taken, and goes nowhere else', async () => {
    const squatter = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => squatter.once('listening', resolve))
    const { port } = squatter.address() as AddressInfo
    const refused = await runQrscan('serve', '--data', data, '--port', String(port), '--no-open', '--json')
    squatter.close()
    expect(refused).toMatchObject({ code: 3, out: '' })
    expect(refused.err).toContain(`Port ${port} is taken`)
  })

  it('checks a spreadsheet, exits with 1 for its errors, and saves a good one', async () => {
    const bad = await runQrscan('import', 'preview', badFile, '--data', data)
    expect(bad.code).toBe(1)
    expect(bad.out).toContain('row 1, slug: "api" is reserved')
    expect(bad.out).toContain('row 2, destination_url:')
    const good = await runQrscan('import', 'preview', goodFile, '--data', data, '--json')
    expect(good.code).toBe(0)
    const checked = JSON.parse(good.out) as { id: string; counts: { creates: number } }
    expect(checked.counts.creates).toBe(2)
    const saved = await runQrscan('import', 'commit', checked.id, '--data', data)
    expect(saved).toMatchObject({ code: 0, out: 'Saved: 2 made, 0 updated.\n' })
    const undone = await runQrscan('import', 'undo', checked.id, '--data', data)
    expect(undone.out).toContain('2 taken back')
    expect((await runQrscan('import', 'commit', 'nothing', '--data', data)).code).toBe(1)
    expect((await runQrscan('import', 'preview', join(folder, 'absent.csv'), '--data', data)).code).toBe(2)
  })

  it('checks a spreadsheet of cards as one of cards', async () => {
    const file = join(folder, 'people.csv')
    writeFileSync(file, 'First name,Last name,E-mail\nAna,Müller,ana@example.com\n,,nobody@example.com\n')
    const checked = await runQrscan('import', 'preview', file, '--as', 'cards', '--data', data)
    expect(checked.code).toBe(1)
    expect(checked.out).toContain('2 rows: 1 to create')
    expect(checked.out).toContain('This row has no name.')
    const wrong = await runQrscan('import', 'preview', file, '--as', 'people', '--data', data)
    expect(wrong.code).toBe(2)
  })

  it('draws codes of an address and of a file that an independent reader reads', async () => {
    const out = join(folder, 'codes')
    expect(
      (await runQrscan('qr', 'https://example.com/menu?a=1', '--out', out, '--format', 'png')).code,
    ).toBe(0)
    expect(await readCodes(readFileSync(join(out, 'qr.png')))).toEqual(['https://example.com/menu?a=1'])
    expect((await runQrscan('qr', goodFile, '--out', out, '--format', 'png', '--size', '300')).code).toBe(0)
    expect(await readCodes(readFileSync(join(out, 'wine.png')))).toEqual(['https://example.com/wine'])
    const partly = await runQrscan('qr', badFile, '--out', out)
    expect(partly.code).toBe(1)
    expect(partly.err).toContain('row 2:')
    expect((await runQrscan('qr', 'http://127.0.0.1/', '--out', out)).code).toBe(1)
  })

  it('prints the OpenAPI document', async () => {
    const { code, out } = await runQrscan('openapi')
    expect(code).toBe(0)
    const document = JSON.parse(out) as { openapi: string; paths: object }
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths)).toContain('/api/qr-links/{id}')
  })
})
