import { setTimeout as sleep } from 'node:timers/promises'
import { findPrintJob } from '#contract/print-jobs.ts'
import { createPrinter, findPrinter, printTestPage } from '#contract/printers.ts'
import { discoverPrinters } from '#server/features/printing/discovery.ts'
import { askPrinter } from '#server/features/printing/printers-check.ts'
import { ippTransport } from '#server/features/printing/transports/ipp.ts'
import { PrinterProblem } from '#server/features/printing/transports/transport.ts'
import { paperIn, PrintingPeers, until } from '#test/support/printing-peers.ts'
import { startTestServer } from '#test/support/server.ts'

/**
 * What is tried on printers of others, in a network of its own (`runAmongPeers`); what was seen goes to standard
 * output as JSON, and `peers.test.ts` judges it.
 */
const ticket = Buffer.from('\x1b@Kitchen 42\n\x1dV\x00', 'latin1')
const page = Buffer.from('%PDF-1.4 the ticket as a page\n%%EOF\n')
const nameOf = (n: number): string => `QRScan 019ab000-0000-7000-8000-00000000000${n} 1`
const never = new AbortController().signal

const peers = new PrintingPeers()
try {
  await peers.start()
  const paper = await peers.startIppPrinter('Office One', 8631)
  const pages = { pdf: async () => page, dots: () => ({ stride: 1, height: 1, data: Buffer.from([0x80]) }) }
  const office = ippTransport('ipp://127.0.0.1:8631/ipp/print', pages)
  const seen: Record<string, unknown> = {}
  seen['office'] = await askPrinter(office, { proof: 'unknown' })
  seen['officePrints'] = await office.print(ticket, nameOf(1), never)
  seen['officePaper'] = paperIn(paper).map((bytes) => bytes.toString('latin1'))
  seen['officeFinds'] = [
    await office.find(nameOf(1)),
    await office.find(nameOf(2)),
    await office.find(nameOf(0)),
  ]
  const secure = ippTransport('ipps://127.0.0.1:8631/ipp/print', pages)
  seen['secure'] = await secure.print(ticket, nameOf(3), never)

  await peers.startIppPrinter('Empty', 8632, {
    command: '#!/bin/sh\necho "STATE: +media-empty-error,cover-open" >&2\nsleep 60\n',
  })
  const empty = ippTransport('ipp://127.0.0.1:8632/ipp/print', pages)
  const stop = new AbortController()
  const hanging = empty.print(ticket, nameOf(4), stop.signal).catch(() => 'stopped')
  await until(async () => (await empty.status()).state === 'cover_open')
  seen['empty'] = await empty.status()
  seen['emptyFinds'] = await empty.find(nameOf(4))
  stop.abort()
  seen['emptyEnds'] = await hanging

  const sink = await peers.startSink(9100)
  await peers.startCups({ Raw_Kitchen: 'socket://127.0.0.1:9100', Gone: 'socket://127.0.0.1:9' })
  const raw = ippTransport('ipp://localhost:631/printers/Raw_Kitchen', pages)
  seen['raw'] = await askPrinter(raw, { proof: 'unknown' })
  seen['rawPrints'] = await raw.print(ticket, nameOf(5), never)
  await until(() => sink().length >= ticket.length)
  seen['rawPaper'] = sink().toString('latin1')
  seen['rawFinds'] = await raw.find(nameOf(5))
  const none = ippTransport('http://localhost:631/printers/None', pages)
  seen['none'] = await askPrinter(none, { proof: 'unknown' })
  seen['noneRefuses'] = await none.print(ticket, nameOf(6), never).catch((error: unknown) => nameIn(error))

  const rasterPaper = await peers.startIppPrinter('Driverless', 8633, { takes: 'image/pwg-raster' })
  seen['wholeWay'] = await printTestPages()
  seen['wholeWayPaper'] = paperIn(paper).some((bytes) => bytes.length > 5000 && bytes.includes('%PDF-'))
  seen['rasterPaper'] = paperIn(rasterPaper).map((bytes) => bytes.toString('latin1', 0, 13))
  seen['rawWholeWay'] = sink().includes('cp437')

  await sleep(500)
  const started = performance.now()
  seen['found'] = await discoverPrinters({ probeNetwork: false })
  seen['foundIn'] = performance.now() - started
  process.stdout.write(JSON.stringify(seen))
} finally {
  peers.close()
}

/** Through the server itself: added, tried with a test page, and what became of it. */
async function printTestPages(): Promise<unknown[]> {
  await using server = await startTestServer()
  const addresses = [
    'ipp://127.0.0.1:8631/ipp/print',
    'ipp://127.0.0.1:8633/ipp/print',
    'ipp://localhost:631/printers/Raw_Kitchen',
  ]
  const results: unknown[] = []
  for (const address of addresses) {
    const body = { name: address, transport: 'ipp', address } as const
    const { printer } = await server.window.call(createPrinter, { body })
    const params = { id: printer.id }
    const { print_job_id } = await server.window.call(printTestPage, { params })
    const job = async () =>
      (await server.window.call(findPrintJob, { params: { id: print_job_id } })).print_job
    await until(async () => ['printed', 'sent'].includes((await job()).state), 20_000)
    const { proof, state } = (await server.window.call(findPrinter, { params })).printer
    results.push({ job: (await job()).state, proof, state })
  }
  return results
}

function nameIn(error: unknown): string {
  return error instanceof PrinterProblem ? error.constructor.name : 'another error'
}
