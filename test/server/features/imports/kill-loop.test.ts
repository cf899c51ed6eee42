import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Import } from '#contract/imports.ts'
import { createQrLink, listQrLinkFacets } from '#contract/qr-links.ts'
import { signInTo, startServedApp, type ServedApp } from '#test/support/served-app.ts'
import { importCalls, sheetOf, type ImportCalls } from './import-calls.ts'

/** `QRSCAN_KILLS=200` for a long run. */
const kills = Number(process.env['QRSCAN_KILLS'] ?? 20)
const creates = 20_000
const updates = 300

/** Links that are there before, each with the title that the import would change. */
const base = sheetOf(updates, 'base')
const sheet = [
  sheetOf(creates, 'new').trimEnd(),
  ...base.trim().replaceAll('Title', 'Changed').split('\r\n').slice(1),
  'mended,http://example.com/mended,Mended,',
].join('\r\n')

interface Running {
  app: ServedApp
  calls: ImportCalls
  /** Links on show that no import made. */
  add(slug: string): Promise<void>
  facets(): Promise<number>
}

let dataDir = ''
/** Slugs whose making was answered. */
const acknowledged: string[] = []
/** A slug whose making was not answered any more: it may be there or not. */
let doubtful = ''
/** Milliseconds of a commit and of an undo that nobody disturbs. */
const took = { commit: 0, undo: 0 }

let latest: ServedApp | undefined

async function start(): Promise<Running> {
  const app = await startServedApp({ dataDir })
  latest = app
  const window = await signInTo(app)
  return {
    app,
    calls: importCalls(window),
    add: async (slug) => {
      await window.call(createQrLink, { body: { slug, destination_url: 'https://example.com/' } })
      acknowledged.push(slug)
    },
    facets: async () => {
      const { tags } = (await window.call(listQrLinkFacets, {})).facets
      return tags.find(({ name }) => name === 'new')?.count ?? 0
    },
  }
}

/** A checked import with one cell mended: the row's destination had no https. */
async function prepare({ calls }: Running): Promise<string> {
  const { id } = await calls.preview(sheet)
  await calls.change(id, { on_duplicate: 'update' })
  const { import: mended } = await calls.edit(id, creates + updates + 1, { 1: 'https://example.com/mended' })
  expect(mended.counts).toMatchObject({ creates: creates + 1, updates, errors: 0 })
  return id
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** Spread over the whole span and a little beyond, and never the same moment twice. */
const moment = (round: number, span: number): number => span * 1.1 * ((round * 0.618034) % 1)

/** What anybody may see at any time: all of an import or nothing. */
async function look(running: Running): Promise<'nothing' | 'all'> {
  const { total } = await running.calls.links({ per_page: 1 })
  const without = updates + acknowledged.length
  expect([without, without + creates + 1]).toContain(total)
  return total === without ? 'nothing' : 'all'
}

async function checkWhole(running: Running, state: 'nothing' | 'all', id: string): Promise<void> {
  const { app, calls } = running
  const isAll = state === 'all'
  expect(await look(running)).toBe(state)
  expect(await running.facets()).toBe(isAll ? creates : 0)
  for (const slug of ['new-1', `new-${creates}`, 'mended']) {
    const { status } = await fetch(`${app.url}/r/${slug}`, { redirect: 'manual' })
    expect([slug, status]).toEqual([slug, isAll ? 302 : 404])
  }
  const { data } = await calls.links({ tag: 'base', per_page: 100 })
  expect(data.filter(({ title }) => title?.startsWith(isAll ? 'Changed' : 'Title'))).toHaveLength(100)
  checkFile(isAll ? creates + 1 : 0, id)
}

/** What is in the file itself, whatever the server says. */
function checkFile(expected: number, id: string): void {
  const file = new Database(join(dataDir, 'qrscan.sqlite'), { readonly: true })
  expect(file.pragma('quick_check')).toEqual([{ quick_check: 'ok' }])
  const count = (sql: string, ...values: unknown[]) =>
    file
      .prepare(sql)
      .pluck()
      .get(...values)
  expect(count('select count(*) from qr_links where import_id = ?', id)).toBe(expected)
  expect(count(`select count(*) from qr_link_tags where tag = 'new'`)).toBe(Math.max(0, expected - 1))
  const orphans = 'select count(*) from qr_link_tags where link_seq not in (select seq from qr_links)'
  expect(count(orphans)).toBe(0)
  const live = file.prepare('select slug from qr_links where deleted_at is null').pluck().all()
  expect(live).toEqual(expect.arrayContaining(acknowledged))
  file.close()
}

/** Starts something, has a link made meanwhile, and pulls the plug. */
async function killDuring(running: Running, work: () => Promise<unknown>, after: number, slug: string) {
  await work()
  const made = running.add(slug).catch(() => (doubtful = slug))
  await pause(after)
  await running.app.kill()
  await made
}

/** Started again: looked at from the first moment on, until it says that it is at rest. */
async function startAgain(id: string): Promise<{ running: Running; after: Import }> {
  const running = await start()
  const { status } = await fetch(`${running.app.url}/r/${doubtful}`, { redirect: 'manual' })
  if (doubtful !== '' && status === 302) acknowledged.push(doubtful)
  doubtful = ''
  for (;;) {
    const after = await running.calls.find(id)
    // An undo takes the links back slice by slice, in sight; a commit shows nothing before its end.
    if (after.status !== 'undoing') await look(running)
    if (['ready', 'committed', 'undone'].includes(after.status)) return { running, after }
    await pause(20)
  }
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'qrscan-kill-'))
  const running = await start()
  const { id } = await running.calls.preview(base)
  await running.calls.commit(id)
  const measured = await prepare(running)
  took.commit = await timed(() => running.calls.commit(measured))
  await checkWhole(running, 'all', measured)
  took.undo = await timed(() => running.calls.undo(measured))
  await checkWhole(running, 'nothing', measured)
  await running.app[Symbol.asyncDispose]()
}, 120_000)

afterAll(async () => {
  await latest?.kill()
  rmSync(dataDir, { recursive: true, force: true })
})

test(
  `${kills} kills during commits and undos leave all or nothing, and lose nothing that was answered`,
  async () => {
    const seen: Record<string, number> = {}
    let running = await start()
    let id = await prepare(running)
    for (let round = 1; round <= kills; round++) {
      const { status } = await running.calls.find(id)
      const isUndo = status === 'committed'
      const work = () => (isUndo ? running.calls.undo(id, false) : running.calls.commit(id, false))
      await killDuring(running, work, moment(round, isUndo ? took.undo : took.commit), `keep-${round}`)
      const again = await startAgain(id)
      running = again.running
      const { status: now, counts } = again.after
      seen[`${isUndo ? 'undo' : 'commit'} → ${now}`] =
        (seen[`${isUndo ? 'undo' : 'commit'} → ${now}`] ?? 0) + 1
      expect(isUndo ? ['undone'] : ['ready', 'committed']).toContain(now)
      await checkWhole(running, now === 'committed' ? 'all' : 'nothing', id)
      if (now === 'ready') {
        expect((await running.calls.rows(id, 'edited')).map(({ row }) => row)).toEqual([
          creates + updates + 1,
        ])
        expect((await running.calls.find(id)).status).toBe('ready')
      }
      if (now === 'undone') {
        expect(again.after.undo).toEqual({ reversed: counts.creates + counts.updates, kept: 0, errored: 0 })
        id = await prepare(running)
      }
      // Every third time, what was cut off is done again without a kill.
      if (now === 'ready' && round % 3 === 0) {
        expect(await running.calls.commit(id)).toMatchObject({
          status: 'committed',
          counts: { creates: creates + 1, updates },
        })
        await checkWhole(running, 'all', id)
      }
    }
    await running.app[Symbol.asyncDispose]()
    process.stdout.write(`kills: ${JSON.stringify(seen)}\n`)
    expect(Object.keys(seen)).toEqual(expect.arrayContaining(['commit → ready', 'undo → undone']))
  },
  kills * 30_000 + 60_000,
)
