import { createServer, type RequestListener } from 'node:http'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askPrinter } from '#server/features/printing/printers-check.ts'
import { readIppAddress } from '#server/features/printing/transports/ipp-address.ts'
import { documentFormOf } from '#server/features/printing/transports/ipp-document.ts'
import {
  decodeIppResponse,
  encodeIppRequest,
  groups,
  IppUnreadable,
  type IppResponse,
  type IppValue,
} from '#server/features/printing/transports/ipp-encoding.ts'
import { statusOfIpp } from '#server/features/printing/transports/ipp-words.ts'
import { ippTransport } from '#server/features/printing/transports/ipp.ts'
import { PrinterProblem } from '#server/features/printing/transports/transport.ts'

const never = new AbortController().signal
const pages = {
  pdf: async () => Buffer.from('%PDF'),
  dots: () => ({ stride: 1, height: 1, data: Buffer.from([0x80]) }),
}

function printerThatSays(attributes: Record<string, IppValue[]>): IppResponse {
  const group = { tag: groups.printer, attributes: new Map(Object.entries(attributes)) }
  return { status: 0, requestId: 1, groups: [group] }
}

/** A printer of a few lines: what it answers is up to the test. */
async function startHttp(answer: RequestListener) {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    port,
    transport: ippTransport(`ipp://127.0.0.1:${port}/ipp/print`, pages),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe('IPP as bytes', () => {
  it('is written as RFC 8010 gives its example: version, operation, id, then attributes by group', () => {
    const bytes = encodeIppRequest({
      operation: 0x0b,
      requestId: 1,
      attributes: [
        { tag: 'charset', name: 'attributes-charset', values: ['utf-8'] },
        { tag: 'keyword', name: 'a', values: ['b', 'c'] },
        { tag: 'integer', name: 'n', values: [-2] },
      ],
      document: Buffer.from('DOC'),
    })
    expect(bytes.toString('latin1')).toBe(
      '\x01\x01\x00\x0b\x00\x00\x00\x01\x01' +
        '\x47\x00\x12attributes-charset\x00\x05utf-8' +
        '\x44\x00\x01a\x00\x01b\x44\x00\x00\x00\x01c' +
        '\x21\x00\x01n\x00\x04\xff\xff\xff\xfe\x03DOC',
    )
  })

  it('is read with its lists, and collections are passed over', () => {
    const text = (tag: number, name: string, value: string) =>
      `${String.fromCharCode(tag)}\0${String.fromCharCode(name.length)}${name}\0${String.fromCharCode(value.length)}${value}`
    const bytes = Buffer.from(
      '\x02\x00\x00\x00\x00\x00\x00\x07\x04' +
        text(0x44, 'list', 'one') +
        text(0x44, '', 'two') +
        text(0x34, 'media-col', '') +
        text(0x4a, '', 'inner') +
        text(0x44, '', 'hidden') +
        text(0x37, '', '') +
        text(0x13, 'gone', '') +
        text(0x22, 'yes', '\x01') +
        text(0x35, 'said', '\0\x02en\0\x02hi') +
        '\x03',
      'latin1',
    )
    const [group] = decodeIppResponse(bytes).groups
    expect(Object.fromEntries(group!.attributes)).toEqual({
      list: ['one', 'two'],
      gone: [],
      yes: [true],
      said: ['hi'],
    })
  })

  it('of anybody’s making is read or refused, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const answer = Buffer.concat([Buffer.from([1, 1, 0, 0, 0, 0, 0, 1, 4]), Buffer.from(bytes)])
        try {
          decodeIppResponse(answer)
        } catch (error) {
          expect(error).toBeInstanceOf(IppUnreadable)
        }
      }),
      { numRuns: 1000 },
    )
  })
})

describe('an IPP address', () => {
  it('is reached at port 631 unless it says another, by http as by ipp', () => {
    const read = (address: string) => {
      const place = readIppAddress(address)
      return place && [place.url.href, place.printerUri]
    }
    expect(read('ipp://printer.local/ipp/print')).toEqual([
      'http://printer.local:631/ipp/print',
      'ipp://printer.local:631/ipp/print',
    ])
    expect(read('ipps://10.0.0.9:443/ipp')?.[1]).toBe('ipps://10.0.0.9:443/ipp')
    expect(read('http://printer.local:80/x')?.[1]).toBe('ipp://printer.local:80/x')
    expect(read('http://printer.local/x')?.[0]).toBe('http://printer.local:631/x')
    expect(read('ipp://[fd00::1]/p')?.[1]).toBe('ipp://[fd00::1]:631/p')
    expect([read('ipp://a:b@c/'), read('file:///etc/passwd'), read('ipp://c:0/'), read('ipp://')]).toEqual(
      Array.from({ length: 4 }, () => undefined),
    )
  })
})

describe('what a printer says of itself', () => {
  it('becomes a state and what to do, the worst first; reports count for paper and covers alone', () => {
    const of = (reasons: string[], state = 3) =>
      statusOfIpp(printerThatSays({ 'printer-state': [state], 'printer-state-reasons': reasons })).state
    expect([of(['none']), of(['none'], 4), of(['media-low-warning']), of(['toner-low-report'])]).toEqual([
      'ready',
      'printing',
      'paper_low',
      'ready',
    ])
    expect([
      of(['media-low', 'media-empty-error', 'cover-open']),
      of(['media-empty-report']),
      of([], 5),
    ]).toEqual(['cover_open', 'paper_out', 'error'])
    const shut = statusOfIpp(printerThatSays({ 'printer-state': [3], 'printer-is-accepting-jobs': [false] }))
    expect(shut).toEqual({ state: 'error', reason: expect.stringContaining('takes no jobs') as string })
  })

  it('settles whether it gets the ticket’s own bytes or a page', () => {
    const of = (model: string, ...formats: string[]) =>
      documentFormOf(
        printerThatSays({ 'printer-make-and-model': [model], 'document-format-supported': formats }),
      )
    expect(of('Local Raw Printer', 'application/vnd.cups-raw', 'application/pdf')?.form).toBe('bytes')
    expect(of('EPSON TM-T20III', 'application/vnd.cups-raw', 'application/pdf')?.form).toBe('bytes')
    expect(of('HP LaserJet', 'application/vnd.cups-raw', 'application/pdf')?.form).toBe('pdf')
    expect(of('HP LaserJet', 'application/octet-stream')?.form).toBe('bytes')
    expect(of('HP DeskJet', 'image/urf', 'image/pwg-raster')?.form).toBe('raster')
    expect(of('HP DeskJet', 'image/urf')).toBeUndefined()
  })
})

describe('what is no printer at an IPP address', () => {
  const strange: readonly [string, RequestListener, RegExp][] = [
    [
      'a web page',
      (_request, reply) => void reply.end('<!doctype html><title>Router</title>'),
      /does not speak IPP/,
    ],
    [
      'a redirect',
      (_request, reply) => void reply.writeHead(302, { Location: '/x' }).end(),
      /refused the request/,
    ],
    ['a password', (_request, reply) => void reply.writeHead(401).end(), /wants a password/],
    ['nothing at that path', (_request, reply) => void reply.writeHead(404).end(), /no printer at/],
    [
      'a broken answer',
      (_request, reply) => void reply.writeHead(200).write('\x01\x01', () => reply.destroy()),
      /broke off/,
    ],
  ]
  it.each(strange)('%s is a sentence', async (_name, answer, sentence) => {
    await using server = await startHttp(answer)
    const seen = await askPrinter(server.transport, { proof: 'unknown' })
    expect([seen.status.reason, seen.proof]).toEqual([expect.stringMatching(sentence), 'unknown'])
  })

  it('an answer without end is given up', async () => {
    await using server = await startHttp((_request, reply) => {
      const more = (): void => void (reply.destroyed || reply.write(Buffer.alloc(1_000_000), more))
      more()
    })
    expect((await askPrinter(server.transport, { proof: 'unknown' })).status.reason).toContain('broke off')
  })

  it('one that takes the job and goes away leaves a doubt, not a clean failure', async () => {
    let asked = 0
    await using server = await startHttp((request, reply) => {
      asked += 1
      request.resume()
      if (asked > 1) {
        request.on('end', () => reply.destroy())
        return
      }
      const answer =
        '\x01\x01\x00\x00\x00\x00\x00\x01\x04\x23\x00\x0dprinter-state\x00\x04\x00\x00\x00\x03\x03'
      reply.end(Buffer.from(answer, 'latin1'))
    })
    const error: unknown = await server.transport
      .print(Buffer.from('x'), 'n', never)
      .catch((reason: unknown) => reason)
    expect([error instanceof PrinterProblem, (error as Error).constructor.name]).toEqual([
      true,
      'PrinterProblem',
    ])
  })
})
