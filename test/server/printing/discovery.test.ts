import { createServer } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { discoverPrinters as discoverEndpoint } from '#contract/printers.ts'
import { decodeAnswer, type DnsRecord } from '#server/features/printing/discovery-mdns-packets.ts'
import { printersIn } from '#server/features/printing/discovery-mdns.ts'
import { findByProbe, neighbours } from '#server/features/printing/discovery-probe.ts'
import { discoverPrinters } from '#server/features/printing/discovery.ts'
import { guessProfile } from '#server/features/printing/guess-profile.ts'
import { listProfiles } from '#server/features/tickets/printer-profiles.ts'
import { startTestServer } from '#test/support/server.ts'
import { startVirtualPrinter } from '#test/support/virtual-printer.ts'

const never = new AbortController().signal

describe('looking for printers', () => {
  it('goes on where one place fails or hangs, and says so in a sentence', async () => {
    const printer = { name: 'A', transport: 'tcp', address: 'a:9100', profile: null, found_by: 'x' } as const
    const places = [
      { name: 'here', find: async () => [printer, { ...printer, name: 'again', address: 'A:9100' }] },
      {
        name: 'there',
        find: async () => {
          throw new Error('The cable of it is missing.')
        },
      },
      {
        name: 'the cellar',
        find: async () => {
          throw new TypeError('undefined is not a function')
        },
      },
      { name: 'the attic', find: () => new Promise<never>(() => {}) },
    ]
    const started = performance.now()
    expect(await discoverPrinters({ probeNetwork: false }, places)).toEqual({
      printers: [printer],
      problems: [
        'The cable of it is missing.',
        'It was not possible to look at the cellar.',
        'Looking at the attic took too long and was given up.',
      ],
    })
    expect(performance.now() - started).toBeLessThan(6000)
  })

  it('is always answered, whatever this machine has, within six seconds', async () => {
    await using server = await startTestServer()
    const started = performance.now()
    const { printers, problems } = await server.window.call(discoverEndpoint, { body: {} })
    expect(performance.now() - started).toBeLessThan(6500)
    expect([
      Array.isArray(printers),
      problems.every((one) => one.endsWith('.') || one.endsWith('?')),
    ]).toEqual([true, true])
  })
})

describe('the probe of port 9100', () => {
  it('finds who answers, with the name that the printer gives, and passes over who does not', async () => {
    await using machine = await startVirtualPrinter()
    const named = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.once('data', () => socket.write('_EPSON\0_TM-T88VI\0'))
    })
    const hosts = ['127.0.0.1', '127.0.0.2']
    const quiet = await findByProbe(never, hosts, machine.port)
    expect(quiet.map(({ address }) => address)).toEqual([`127.0.0.1:${machine.port}`])
    await new Promise<void>((resolve) => named.listen(0, '127.0.0.2', resolve))
    const { port } = named.address() as { port: number }
    const found = await findByProbe(never, hosts, port)
    expect(found).toEqual([
      {
        name: 'EPSON TM-T88VI',
        transport: 'tcp',
        address: `127.0.0.2:${port}`,
        profile: 'epson-tm-t88',
        found_by: 'It answers at port 9100',
      },
    ])
    named.close()
    expect(machine.tickets()).toEqual([])
  })

  it('stays in this machine’s own private networks, 256 addresses each', () => {
    const entry = (address: string, netmask: string, internal = false) => [
      { address, netmask, internal, family: 'IPv4' as const, mac: '', cidr: null },
    ]
    const hosts = neighbours({
      lo: entry('127.0.0.1', '255.0.0.0', true),
      lan: entry('192.168.1.20', '255.255.255.0'),
      large: entry('10.1.2.3', '255.0.0.0'),
      small: entry('172.16.0.9', '255.255.255.248'),
      open: entry('203.0.113.5', '255.255.255.0'),
    })
    const count = (start: string) => hosts.filter((host) => host.startsWith(start)).length
    expect([count('192.168.1.'), count('10.1.2.'), count('172.16.0.'), hosts.length]).toEqual([
      253, 253, 5, 511,
    ])
    expect(hosts).not.toContain('192.168.1.20')
  })
})

describe('announcements on the network', () => {
  it('of anybody’s making never throw, and never give an address that could not be typed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        const answer = Buffer.from(bytes)
        if (answer.length > 3) answer[2] = 0x84
        for (const { address } of printersIn(decodeAnswer(answer))) expect(address).toMatch(/^[\w.:/~%-]+$/)
      }),
      { numRuns: 500 },
    )
  })

  it('cannot lead in a circle', () => {
    const circle = Buffer.concat([
      Buffer.from([0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0]),
      Buffer.from([0xc0, 12]),
    ])
    expect(decodeAnswer(circle)).toEqual([])
  })

  it('give an address by every service, and no control characters in names', () => {
    const name = (service: string) => `Bar\u0007 \\.1.${service}._tcp.local`
    const records: DnsRecord[] = [
      { name: name('_pdl-datastream'), type: 33, data: { kind: 'service', port: 9100, host: 'bar.local' } },
      { name: name('_ipp'), type: 33, data: { kind: 'service', port: 631, host: 'BAR.local' } },
      { name: name('_ipps'), type: 33, data: { kind: 'service', port: 631, host: 'bar.local' } },
      {
        name: name('_ipp'),
        type: 16,
        data: { kind: 'texts', texts: ['ty=Star TSP143IV', 'rp=printers/a b"'] },
      },
      { name: 'bar.local', type: 1, data: { kind: 'address', address: '192.168.1.9' } },
    ]
    expect(printersIn(records).map((one) => [one.name, one.address, one.profile])).toEqual([
      ['Bar .1', '192.168.1.9:9100', null],
      ['Bar .1', 'ipp://192.168.1.9:631/printers/ab', 'star-tsp100'],
      ['Bar .1', 'ipps://192.168.1.9:631/ipp/print', null],
    ])
  })
})

describe('a model’s name', () => {
  it('leads to a profile that exists, or to none', () => {
    const names = [
      'EPSON TM-T88IV',
      'EPSON TM-T88VI',
      'TM-m30III',
      'Star TSP143IV',
      'Star TSP654II',
      'XP-58',
      'XP-80C',
    ]
    const guesses = [...names, 'BIXOLON SRP-350III', 'CITIZEN CT-S310II', 'SUNMI V2', 'RONGTA RP326'].map(
      guessProfile,
    )
    const known = new Set(listProfiles().map(({ id }) => id))
    expect(guesses.filter((id) => id === null || !known.has(id))).toEqual([])
    expect([guessProfile('EPSON TM-T88IV'), guessProfile('HP LaserJet 4')]).toEqual([
      'epson-tm-t88-old',
      null,
    ])
  })
})
