import { appendFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { ArrivingFile } from '#server/features/imports/engine/arrival.ts'
import { CancelledError } from '#server/features/imports/engine/cancel.ts'
import { ImportWorker } from '#server/features/imports/engine/import-worker.ts'
import type { Progress } from '#server/features/imports/engine/request.ts'
import { Workshop } from './import-fixture.ts'

const workshop = new Workshop()
const workers: ImportWorker[] = []
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()))
  workshop.remove()
})
const workerUrl = new URL('../../../../../src/server/features/imports/engine/worker.ts', import.meta.url)

function start(): ImportWorker {
  const worker = new ImportWorker({ workerUrl })
  workers.push(worker)
  return worker
}

/** Rows with everything that a cut in the wrong place breaks: quotes, line ends in cells, long letters. */
const sheet = (rows: number, word = 'Zażółć 漢字 😀'): string =>
  `slug,url,title\r\n${Array.from(
    { length: rows },
    (_, k) =>
      `row-${k},${k % 7 === 0 ? 'http' : 'https'}://example.com/${k},"${word} ""${k}""\r\nsecond line"`,
  ).join('\r\n')}`

/** Starts a scan of a file of which the first `there` bytes have come. */
function begin(content: Buffer, there: number, expected = content.length) {
  const request = workshop.request(content.subarray(0, there))
  const arriving = new ArrivingFile(expected)
  arriving.reached(there)
  const worker = start()
  const seen: Progress[] = []
  const result = worker.scan({ ...request, arriving }, { progress: (step) => seen.push(step) })
  result.catch(() => undefined)
  return { request, arriving, worker, result, seen }
}

async function everything(worker: ImportWorker, rows: number) {
  const page = await worker.page({ filter: 'all', offset: rows - 900, limit: 1000 })
  return page.rows
}

describe('a file that is still being received', () => {
  test.each([
    ['in small pieces', 70_003, 0],
    ['under a length that its form made longer', 900_000, 250],
    ['under no length at all', 900_000, -Infinity],
  ])('%s gives what the whole file gives', async (_name, step, more) => {
    const content = Buffer.from(sheet(30_000))
    const plain = start()
    const { counts, finding_counts } = await plain.scan(workshop.request(content))
    const half = begin(content, 400_000, Math.max(0, content.length + more))
    for (let at = 400_000; at < content.length; at += step) {
      appendFileSync(half.request.path, content.subarray(at, at + step))
      half.arriving.reached(Math.min(content.length, at + step))
      await sleep(1)
    }
    half.arriving.complete()
    expect(await half.result).toMatchObject({ counts, finding_counts })
    expect(await everything(half.worker, 30_000)).toEqual(await everything(plain, 30_000))
  })

  test('is checked as far as it has come', async () => {
    const content = Buffer.from(sheet(60_000))
    const { arriving, result, seen, request } = begin(content, 3_000_000)
    await expect.poll(() => seen.at(-1)?.rows ?? 0, { timeout: 5000 }).toBeGreaterThan(10_000)
    writeFileSync(request.path, content)
    arriving.complete()
    expect((await result).counts.rows).toBe(60_000)
  })

  test.each([
    ['that is not UTF-8', Buffer.from(`\uFEFF${sheet(20_000)}`, 'utf16le')],
    [
      'that stops being UTF-8 far down',
      Buffer.from(`${sheet(19_999, 'plain')}\r\nlast,https://example.com/,caf\xe9`, 'latin1'),
    ],
  ])('%s waits for its end', async (_name, content) => {
    const { arriving, result, request } = begin(content, 600_000)
    await sleep(100)
    writeFileSync(request.path, content)
    arriving.complete()
    expect((await result).counts.rows).toBe(20_000)
  })

  test('that breaks off, or that nobody waits for, lets go of its worker', async () => {
    const content = Buffer.from(sheet(30_000))
    const broken = begin(content, 500_000)
    broken.arriving.abandon()
    await expect(broken.result).rejects.toBeInstanceOf(CancelledError)
    expect((await broken.worker.scan(workshop.request(sheet(3)))).counts.rows).toBe(3)
    const left = begin(content, 500_000)
    await sleep(50)
    left.worker.cancel()
    await expect(left.result).rejects.toBeInstanceOf(CancelledError)
    expect((await left.worker.scan(workshop.request(sheet(3)))).counts.rows).toBe(3)
  })
})
