import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { createClient, type Client } from '#contract/client.ts'
import { ApiError } from '#contract/errors.ts'
import {
  createRecallAction,
  showRecallReport,
  uploadRecallPhoto,
  type NewRecallAction,
} from '#contract/recall-actions.ts'
import { openSession } from '#contract/session.ts'
import { newId } from '#server/db/id.ts'
import { verifyRecord } from '#server/features/recall-actions/verify-record.ts'

/** More by hand: `RECALL_KILLS=200`. */
const kills = Number(process.env['RECALL_KILLS'] ?? 4)
const lanes = 4
const worker = fileURLToPath(new URL('./kill-worker.ts', import.meta.url))

interface Life {
  child: ChildProcess
  client: Client
  recall: string
  text: () => Promise<string>
}

async function start(dataDir: string, alive: ChildProcess[]): Promise<Life> {
  const child = spawn(process.execPath, [worker, '--data', dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  alive.push(child)
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const { url, launch_code, recall } = JSON.parse(line) as Record<string, string>
  const { session } = await createClient({ baseUrl: url! }).call(openSession, {
    body: { launch_code: launch_code! },
  })
  const headers = { Authorization: `Bearer ${session.token}` }
  return {
    child,
    recall: recall!,
    client: createClient({ baseUrl: url!, token: () => session.token }),
    text: async () => (await fetch(`${url}/api/recalls/${recall}/report?format=jsonl`, { headers })).text(),
  }
}

/** A device that sends one action after the other, and one again until it is answered. */
class Device {
  readonly answered = new Map<string, string>()
  #waiting: NewRecallAction | undefined
  #last: string | undefined
  #count = 0

  async work({ client, recall }: Life): Promise<void> {
    const params = { id: recall }
    try {
      for (;;) {
        this.#waiting ??= await this.#next(client, params)
        const { action } = await client.call(createRecallAction, { params, body: this.#waiting })
        this.answered.set(action.id, action.hash)
        this.#last = action.id
        this.#waiting = undefined
      }
    } catch (error) {
      // Killed, or throttled until the next life; any other answer is a failure.
      if (error instanceof ApiError && error.status !== 429 && error.status !== 0) throw error
    }
  }

  /** Every third corrects the one before, every fifth has a photo. */
  async #next(client: Client, params: { id: string }): Promise<NewRecallAction> {
    const count = ++this.#count
    const body: NewRecallAction = { id: newId(), action: 'destroyed', quantity: count % 7 }
    if (count % 3 === 0 && this.#last !== undefined) body.supersedes_id = this.#last
    if (count % 5 !== 0) return body
    const upload = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(newId())])
    const headers = { 'Content-Type': 'image/jpeg' }
    const { photo } = await client.call(uploadRecallPhoto, { params, headers, upload })
    return { ...body, photo_ids: [photo.id] }
  }
}

/** Answers that a life gives before it may be killed. */
const fewest = 6

function answersOf(devices: readonly Device[]): number {
  return devices.reduce((sum, { answered }) => sum + answered.size, 0)
}

it(
  `loses no answered action and breaks no chain over ${kills} kills`,
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'qrscan-kill-'))
    const alive: ChildProcess[] = []
    const devices = Array.from({ length: lanes }, () => new Device())
    try {
      for (let kill = 0; kill < kills; kill += 1) {
        const life = await start(dataDir, alive)
        await check(life, devices)
        const before = answersOf(devices)
        const work = devices.map((device) => device.work(life))
        // However slow the machine: each life answers some, and then dies at any moment.
        while (answersOf(devices) < before + fewest && life.child.exitCode === null) await wait(5)
        await wait(Math.random() * 400)
        life.child.kill('SIGKILL')
        await Promise.all([once(life.child, 'exit'), ...work])
      }
      const last = await start(dataDir, alive)
      const answered = await check(last, devices)
      expect(answered).toBeGreaterThanOrEqual(kills * fewest)
      const { report } = await last.client.call(showRecallReport, { params: { id: last.recall } })
      expect(report.photos).toMatchObject({ missing: 0, altered: 0 })
      expect(report.photos.count).toBeGreaterThan(0)
    } finally {
      for (const child of alive) {
        if (child.exitCode !== null || child.signalCode !== null) continue
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
      rmSync(dataDir, { recursive: true, force: true })
    }
  },
  kills * 15_000 + 30_000,
)

/** Every answer that a device ever got is in the record as it was given; what is there beyond is what is still asked. */
async function check(life: Life, devices: readonly Device[]): Promise<number> {
  const text = await life.text()
  expect(verifyRecord(text).problem).toBeNull()
  const lines = text.trimEnd().split('\n').slice(1)
  const rows = lines.map((line) => JSON.parse(line) as { entry: { id: string }; hash: string })
  const kept = new Map(rows.map(({ entry, hash }) => [entry.id, hash]))
  const answered = devices.flatMap((device) => [...device.answered])
  for (const [id, hash] of answered) expect(kept.get(id)).toBe(hash)
  expect(kept.size).toBe(rows.length)
  expect(kept.size - answered.length).toBeLessThanOrEqual(lanes)
  const { report } = await life.client.call(showRecallReport, { params: { id: life.recall } })
  expect(report.chain).toMatchObject({ intact: true, problem: null })
  return answered.length
}
