import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { sql, type Kysely } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { showHealth } from '#contract/device.ts'
import { migrations } from '#migrations/index.ts'
import { backUp } from '#server/db/backup.ts'
import { InstanceLock } from '#server/db/instance-lock.ts'
import { openDatabase, type Database } from '#server/db/open.ts'
import { openWriter } from '#server/db/sqlite.ts'
import { makeConfig } from '#server/entry-config.ts'
import { startTestServer } from '#test/support/server.ts'

let dataDir = ''
beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'qrscan-db-'))))
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const open = (): Promise<Database> =>
  openDatabase({ dataDir, readWorker: makeConfig({ dataDir }).workers.read })

const backups = () => {
  const folder = join(dataDir, 'backups')
  return existsSync(folder) ? readdirSync(folder).toSorted() : []
}

/** Damage that the file's structure does not show: a row that an index misses. */
function missInIndex(path: string, index: string, insert: string): void {
  const edit = (change: string) => {
    const sqlite = new SqliteDatabase(path)
    sqlite.unsafeMode(true)
    sqlite.pragma('writable_schema = ON')
    sqlite.exec(change)
    sqlite.close()
  }
  edit(`update sqlite_schema set sql = sql || ' where 0' where name = '${index}'`)
  edit(insert)
  edit(`update sqlite_schema set sql = replace(sql, ' where 0', '') where name = '${index}'`)
}

async function pragma(database: Database, name: string): Promise<unknown> {
  const { rows } = await sql`pragma ${sql.raw(name)}`.execute(database.db)
  return Object.values(rows[0] as object)[0]
}

describe('a data folder', () => {
  it('has one owner; the second is refused by name and the first goes on undisturbed', async () => {
    const first = await open()
    await expect(open()).rejects.toMatchObject({ name: 'DataFolderInUse' })
    await expect(startTestServer({ dataDir })).rejects.toMatchObject({ name: 'DataFolderInUse' })
    expect(await first.db.selectFrom('users').selectAll().execute()).toEqual([])
    await first.close()
    await (await open()).close()
  })

  it('is free again when its owner was killed', async () => {
    const lock = new URL('../../../src/server/db/instance-lock.ts', import.meta.url).href
    const script = `const { InstanceLock } = await import(${JSON.stringify(lock)})
      globalThis.held = new InstanceLock(process.argv[1]); console.log('held'); setInterval(() => {}, 1000)`
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(owner.stdout, 'data')
    expect(() => new InstanceLock(dataDir)).toThrow(/in use by another QRScan process/)
    owner.kill('SIGKILL')
    await once(owner, 'exit')
    new InstanceLock(dataDir).release()
  })

  it('says that its owner was killed, keeps what was written, and forgets it after an orderly end', async () => {
    const source = (path: string) =>
      JSON.stringify(new URL(`../../../src/server/${path}`, import.meta.url).href)
    const script = `const { openDatabase } = await import(${source('db/open.ts')})
      const { makeConfig } = await import(${source('entry-config.ts')})
      const dataDir = process.argv[1]
      const database = await openDatabase({ dataDir, readWorker: makeConfig({ dataDir }).workers.read })
      await database.db.insertInto('settings').values({ name: 'port', value: '4711' }).execute()
      console.log('written'); setInterval(() => {}, 1000)`
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(owner.stdout, 'data')
    await expect(open()).rejects.toMatchObject({ name: 'DataFolderInUse' })
    owner.kill('SIGKILL')
    await once(owner, 'exit')
    const next = await open()
    expect(next.unclean).toBe(true)
    expect(await next.db.selectFrom('settings').select('value').execute()).toEqual([{ value: '4711' }])
    await next.close()
    const last = await open()
    expect(last.unclean).toBe(false)
    await last.close()
  })

  it('is written so that a power cut loses nothing that was answered', async () => {
    const database = await open()
    const inForce = {
      journal_mode: 'wal',
      synchronous: 2,
      foreign_keys: 1,
      trusted_schema: 0,
      cell_size_check: 1,
      checkpoint_fullfsync: 1,
    }
    for (const [name, value] of Object.entries(inForce)) {
      expect([name, await pragma(database, name)]).toEqual([name, value])
    }
    // Bulk work may commit lightly; afterwards, also after a failure, every commit is safe again.
    await database.bulk((slice) => slice((trx) => trx.selectFrom('users').selectAll().execute()))
    const failing = database.bulk((slice) => slice(() => Promise.reject(new Error('planned'))))
    await expect(failing).rejects.toThrow('planned')
    for (const [name, value] of Object.entries({ ...inForce, wal_autocheckpoint: 1000 })) {
      expect([name, await pragma(database, name)]).toEqual([name, value])
    }
    await expect(
      sql`insert into users values ('a', 'b', 'c', 'd', 'e') returning id`.execute(database.readers),
    ).rejects.toThrow(/readonly/)
    await database.close()
  })
})

describe('a start after an unclean end', () => {
  it('checks the file, and says well of a good one', async () => {
    await (await startTestServer({ dataDir }))[Symbol.asyncDispose]()
    expect(existsSync(join(dataDir, 'running'))).toBe(false)
    writeFileSync(join(dataDir, 'running'), '1\n')
    await using server = await startTestServer({ dataDir })
    await expect
      .poll(async () => (await server.window.call(showHealth)).health)
      .toMatchObject({ status: 'ok', database: { checked: true } })
  })

  it('finds damage and says where the way out is, while the app can still be used', async () => {
    await (await startTestServer({ dataDir }))[Symbol.asyncDispose]()
    const scan = `insert into qr_scans values (1, 1, '2026-11-23T09:30:00.000000Z', 'ios', null, null)`
    missInIndex(join(dataDir, 'qrscan.sqlite'), 'qr_scans_link', scan)
    writeFileSync(join(dataDir, 'running'), '1\n')
    await using server = await startTestServer({ dataDir })
    await expect
      .poll(async () => (await server.window.call(showHealth)).health)
      .toMatchObject({
        status: 'degraded',
        database: { checked: true, problem: expect.stringMatching(/backup/) },
      })
    expect((await server.fetch('/api/qr-links')).status).toBe(200)
  })
})

describe('a backup', () => {
  it('is made and checked before a migration touches data, and the data is in it', async () => {
    const older = await open()
    await older.db.insertInto('settings').values({ name: 'port', value: '4711' }).execute()
    await older.close()
    const run = (text: string) => ({
      up: async (db: Kysely<unknown>) => void (await sql.raw(text).execute(db)),
    })
    migrations['9998-due'] = run('delete from settings')
    migrations['9999-fails'] = run('insert into nowhere values (1)')
    await expect(open()).rejects.toThrow(/no such table/)
    delete migrations['9999-fails']
    const settings = (file: string) => {
      const sqlite = new SqliteDatabase(file, { readonly: true })
      expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok')
      const rows = sqlite.prepare('select name, value from settings').all()
      sqlite.close()
      return rows
    }
    const kept = [{ name: 'port', value: '4711' }]
    expect(backups()).toEqual([expect.stringMatching(/^before-migration-\d+\.sqlite$/)])
    expect(settings(join(dataDir, 'backups', backups()[0] ?? ''))).toEqual(kept)
    // The one that failed took the one before it back with it.
    expect(settings(join(dataDir, 'qrscan.sqlite'))).toEqual(kept)
    await (await open()).close()
    delete migrations['9998-due']
    expect(settings(join(dataDir, 'qrscan.sqlite'))).toEqual([])
    expect(backups()).toHaveLength(2)
  })

  it('is not made of a fresh database, nor at an ordinary start', async () => {
    await (await open()).close()
    await (await open()).close()
    expect(backups()).toEqual([])
  })

  it('that does not pass its check is refused and leaves nothing behind', async () => {
    const path = join(dataDir, 'bad.sqlite')
    const fresh = openWriter(path)
    fresh.exec('create table t (a text); create index i on t (a)')
    fresh.close()
    missInIndex(path, 'i', `insert into t values ('x')`)
    const broken = openWriter(path)
    const folder = join(dataDir, 'backups')
    await expect(backUp(broken, folder, 'one')).rejects.toThrow(/did not pass its check/)
    expect(readdirSync(folder)).toEqual([])
    broken.close()
  })

  it('of a file whose pages were overwritten is refused too', async () => {
    const path = join(dataDir, 'overwritten.sqlite')
    const fresh = openWriter(path)
    fresh.exec('create table t (a text)')
    const insert = fresh.prepare('insert into t values (?)')
    for (let n = 0; n < 500; n++) insert.run('x'.repeat(200))
    fresh.close()
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.fill(0x5a, 4096 * 5, 4096 * 8))
    const broken = openWriter(path)
    await expect(backUp(broken, join(dataDir, 'backups'), 'one')).rejects.toThrow(/did not pass its check/)
    expect(backups()).toEqual([])
    broken.close()
  })

  it('is one file, and the last seven are kept', async () => {
    const sqlite = openWriter(join(dataDir, 'good.sqlite'))
    sqlite.exec('create table t (a)')
    mkdirSync(join(dataDir, 'backups'))
    for (let n = 1; n <= 9; n++) await backUp(sqlite, join(dataDir, 'backups'), `daily-${n}`)
    expect(backups()).toEqual([3, 4, 5, 6, 7, 8, 9].map((n) => `daily-${n}.sqlite`))
    sqlite.close()
  })
})
