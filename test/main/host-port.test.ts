import { MessageChannel } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import type { Host } from '#contract/host.ts'
import { lendHost } from '#main/host-port.ts'
import { hostOverPort, type HostPort } from '#server/host/message-port.ts'

/** Both ends over a real channel; Electron's ports differ in wrapping what arrives as `{ data }`. */
function connect(host: Host, settled: Promise<unknown> = Promise.resolve()) {
  const { port1, port2 } = new MessageChannel()
  const wrap = (port: typeof port1) => ({
    on: (event: string, listener: (message: { data: unknown }) => void) =>
      port.on(event, (data) => listener({ data })),
    postMessage: (message: unknown) => port.postMessage(message),
    start: () => port.start(),
  })
  lendHost(wrap(port1), host, settled)
  return {
    host: hostOverPort(wrap(port2) as HostPort),
    near: port1,
    far: port2,
    [Symbol.dispose]: () => port1.close(),
  }
}

function machine(): Host & { secretsKeptIn: string; said: string[] } {
  const secrets = new Map<string, string>()
  const said: string[] = []
  return {
    said,
    secretsKeptIn: 'In a box.',
    getSecret: async (name) => secrets.get(name),
    setSecret: async (name, value) => void secrets.set(name, value),
    deleteSecret: async (name) => void secrets.delete(name),
    openExternal: async () => {
      throw new Error('Only https addresses are opened.')
    },
    notify: async (title, body) => void said.push(`${title}: ${body}`),
    async printDocument(html) {
      if (html === '') throw new Error('The print dialog was closed.')
      said.push(`printed ${html}`)
    },
  }
}

describe('the machine over a port', () => {
  it('keeps, gives and forgets secrets', async () => {
    using link = connect(machine())
    await link.host.setSecret('a', '1')
    expect(await link.host.getSecret('a')).toBe('1')
    await link.host.deleteSecret('a')
    expect(await link.host.getSecret('a')).toBeUndefined()
  })

  it('answers each call by its number, however they cross', async () => {
    using link = connect(machine())
    const names = Array.from({ length: 50 }, (_, index) => `n${index}`)
    await Promise.all(names.map((name) => link.host.setSecret(name, `${name}!`)))
    expect(await Promise.all(names.map((name) => link.host.getSecret(name)))).toEqual(
      names.map((name) => `${name}!`),
    )
  })

  it('hands a page to the print dialog, and says so when it was closed', async () => {
    const real = machine()
    using link = connect(real)
    await link.host.printDocument('<p>Ticket</p>')
    expect(real.said).toEqual(['printed <p>Ticket</p>'])
    await expect(link.host.printDocument('')).rejects.toThrow('The print dialog was closed.')
  })

  it('tells where secrets are kept, again when that has changed', async () => {
    const real = machine()
    using link = connect(real)
    await expect.poll(() => link.host.secretsKeptIn).toBe('In a box.')
    real.secretsKeptIn = 'In another box.'
    await link.host.setSecret('a', '1')
    await expect.poll(() => link.host.secretsKeptIn).toBe('In another box.')
  })

  it('hands a refusal on as the sentence it is', async () => {
    using link = connect(machine())
    await expect(link.host.openExternal('file:///x')).rejects.toThrow('Only https addresses are opened.')
  })

  it('leaves nothing waiting when the main process is gone', async () => {
    const slow = { ...machine(), getSecret: () => new Promise<undefined>(() => {}) }
    using link = connect(slow)
    const waiting = link.host.getSecret('a')
    link.near.close()
    await expect(waiting).rejects.toThrow('The app is closing.')
    await expect(link.host.getSecret('a')).rejects.toThrow('The app is closing.')
  })

  it('passes over what is not a call', async () => {
    const real = machine()
    using link = connect(real)
    for (const message of [
      null,
      1,
      'x',
      {},
      { type: 'call', id: 1, method: 'constructor', args: [] },
      { type: 'call', id: 1, method: 'notify', args: [1] },
    ]) {
      link.far.postMessage(message)
    }
    await link.host.notify('a', 'b')
    expect(real.said).toEqual(['a: b'])
  })
})
