import * as fc from 'fast-check'
import { existsSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { CancelledError, ImportFailure } from '#server/features/imports/engine/cancel.ts'
import { ImportWorker } from '#server/features/imports/engine/import-worker.ts'
import type { GoodRow } from '#server/features/imports/engine/good-rows.ts'
import type { Progress, SheetDescription } from '#server/features/imports/engine/request.ts'
import { Workshop } from './import-fixture.ts'

const workshop = new Workshop()
const workers: ImportWorker[] = []
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()))
  workshop.remove()
})

const workerUrl = new URL('../../../../../src/server/features/imports/engine/worker.ts', import.meta.url)

function start(memoryLimitMb?: number): ImportWorker {
  const worker = new ImportWorker({ workerUrl, ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }) })
  workers.push(worker)
  return worker
}

const big = (rows: number): string =>
  `slug,url,title\n${Array.from({ length: rows }, (_, k) => `row-${k},https://example.com/${k},Title ${k}`).join('\n')}\n`

/** Scans, pages and lists the errors; what is paged must be what was counted. */
async function readAll(worker: ImportWorker, content: Buffer): Promise<string> {
  const { counts } = await worker.scan(workshop.request(content))
  const page = await worker.page({ filter: 'all', offset: 0, limit: 1000 })
  await worker.writeErrors(`${workshop.folder}/errors.csv`)
  return page.rows.length === counts.rows ? 'read' : 'rows are missing'
}

describe('the worker of an import', () => {
  test('scans with progress, shows the first rows early, pages, edits and hands out chunks', async () => {
    const worker = start()
    const progress: Progress[] = []
    const opened: SheetDescription[] = []
    const result = await worker.scan(workshop.request(big(200_000)), {
      progress: (step) => progress.push(step),
      opened: (sheet) => opened.push(sheet),
    })
    expect(result.counts).toMatchObject({ rows: 200_000, creates: 200_000 })
    expect(opened[0]?.first_rows).toHaveLength(100)
    expect(progress.length).toBeGreaterThan(0)
    expect((await worker.page({ filter: 'all', offset: 199_999, limit: 5 })).rows[0]?.cells[0]).toBe(
      'row-199999',
    )
    const edited = await worker.edit(2, { '1': 'http://example.com/' })
    expect(edited.row.action).toBe('error')
    expect(edited.counts).toMatchObject({ errors: 1, valid: 199_999 })
    expect(await worker.fix('destination_not_https')).toMatchObject({ fixed: 1, counts: { errors: 0 } })
    const rows: GoodRow[] = []
    for await (const chunk of worker.chunks(5000)) rows.push(...chunk.rows)
    expect(rows).toHaveLength(200_000)
    expect(rows[1]?.destination_url).toBe('https://example.com/')
  })

  test('answers pages while it scans', async () => {
    const worker = start()
    const scan = worker.scan(workshop.request(big(300_000)), {
      opened: () => pages.push(worker.page({ filter: 'all', offset: 0, limit: 1 })),
    })
    const pages: ReturnType<ImportWorker['page']>[] = []
    await scan
    const first = await pages[0]
    expect(first?.total).toBeLessThan(300_000)
  })

  test('is cancelled at once and can be asked again', async () => {
    const worker = start()
    const request = workshop.request(big(500_000))
    const opened = Promise.withResolvers<void>()
    const scan = worker.scan(request, { opened: () => opened.resolve() })
    const outcome = scan.catch((error: unknown) => error)
    await opened.promise
    worker.cancel()
    // Not after another turn: whoever cancelled has the answer before anything else happens.
    expect(await Promise.race([outcome, new Promise(setImmediate)])).toBeInstanceOf(CancelledError)
    await expect(worker.page({ filter: 'all', offset: 0, limit: 1 })).resolves.toMatchObject({
      rows: [{ row: 1 }],
    })
    expect((await worker.scan(workshop.request(big(10)))).counts.rows).toBe(10)
  })

  test('reads again as Western what stops being UTF-8 far down', async () => {
    const worker = start()
    const bytes = Buffer.concat([
      Buffer.from(big(40_000)),
      Buffer.from('last,https://example.com/,caf\xe9\n', 'latin1'),
    ])
    const request = workshop.request(bytes)
    const result = await worker.scan(request)
    expect(result.sheet.encoding).toBe('windows-1252')
    expect((await worker.page({ filter: 'all', offset: 40_000, limit: 1 })).rows[0]?.cells[2]).toBe('café')
    expect(existsSync(`${request.path}.utf8`)).toBe(true)
    await worker.close()
    expect(existsSync(`${request.path}.utf8`)).toBe(false)
    await expect(worker.page({ filter: 'all', offset: 0, limit: 1 })).rejects.toThrow(CancelledError)
  })

  test('that runs out of memory rejects with a sentence and leaves the process alone', async () => {
    const worker = start(16)
    const many = `slug,url\n${'Not A Slug,http://example.com/\n'.repeat(2_000)}`
    await worker.scan(workshop.request(many))
    const wide = `slug,${'x,'.repeat(1000)}url\n${`${'"a""b",'.repeat(1002)}\n`.repeat(3000)}`
    const result = await worker
      .scan(workshop.request(wide))
      .then(() => worker.page({ filter: 'all', offset: 0, limit: 3000 }))
      .catch((error: unknown) => error)
    expect(result).toBeInstanceOf(ImportFailure)
    expect(String(result)).toContain('more memory')
  })

  test('whatever the bytes, there is an answer or a sentence', async () => {
    const worker = start()
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc
        .array(
          fc.constantFrom(
            '"',
            ',',
            '\n',
            '\r',
            '\0',
            'slug',
            'url',
            'a',
            '\xff',
            '\xfe',
            '\xef\xbb\xbf',
            'PK\x03\x04',
            'sep=;',
            'https://',
          ),
          { maxLength: 60 },
        )
        .map((parts) => Buffer.from(parts.join(''), 'latin1')),
    )
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        const outcome = await readAll(worker, Buffer.from(content)).catch((error: unknown) => error)
        const answered =
          outcome === 'read' || (outcome instanceof ImportFailure && !outcome.message.includes('went wrong'))
        expect(answered ? 'answered' : outcome).toBe('answered')
      }),
      { numRuns: 300 },
    )
  })
})
