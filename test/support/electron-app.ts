import { fork } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Order } from './fake-electron-run.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const builtMain = join(root, 'out/main/index.js')
export const isBuilt = ['out/main/index.js', 'out/main/server.js', 'out/renderer/index.html'].every((path) =>
  existsSync(join(root, path)),
)

/** The built main process over the fake `electron`, with the real server below it. */
export interface FakeApp extends AsyncDisposable {
  folder: string
  pid: number
  /** Has the fake do something; see `orders` in fake-electron-run.ts. */
  ask<T = unknown>(name: Order['name'], ...args: unknown[]): Promise<T>
  /** Calls of the fake's API with that name, so far. */
  calls(name: string): Promise<unknown[][]>
  /** Asks again until the answer is there; 10 seconds at most. */
  until<T>(question: () => Promise<T | undefined | false>): Promise<T>
}

interface StartOptions {
  /** Another entry than the built one. */
  script?: string
  words?: string[]
  env?: Record<string, string>
}

/** Answers when the entry has run and `ready` was sent. */
export async function startFakeApp({
  words = [],
  env = {},
  script: entry = builtMain,
}: StartOptions = {}): Promise<FakeApp> {
  const folder = mkdtempSync(join(tmpdir(), 'qrscan-electron-'))
  const script = fileURLToPath(new URL('./fake-electron-run.ts', import.meta.url))
  const child = fork(script, [entry, 'app', ...words], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      QRSCAN_DATA: join(folder, 'data'),
      FAKE_APP_DATA: folder,
      ...env,
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, (reply: { value?: unknown; error?: string }) => void>()
  child.on('message', (reply: { id: number; value?: unknown; error?: string }) =>
    waiting.get(reply.id)?.(reply),
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let lastId = 0

  async function reply(id: number, name: string): Promise<unknown> {
    const dead = ended.then(() => ({ value: undefined, error: `The app ended before it answered ${name}.` }))
    const answered = new Promise<{ value?: unknown; error?: string }>((resolve) => waiting.set(id, resolve))
    const { value, error } = await Promise.race([answered, dead])
    if (error !== undefined) throw new Error(error)
    return value
  }
  async function ask<T>(name: Order['name'], ...args: unknown[]): Promise<T> {
    const id = (lastId += 1)
    child.send({ id, name, args } satisfies Order)
    return (await reply(id, name)) as T
  }
  await reply(0, 'start')
  return {
    folder,
    pid: child.pid ?? 0,
    ask,
    calls: async (name) =>
      (await ask<{ name: string; args: unknown[] }[]>('calls'))
        .filter((call) => call.name === name)
        .map(({ args }) => args),
    async until(question) {
      for (const end = Date.now() + 10_000; ; await new Promise((resolve) => setTimeout(resolve, 25))) {
        const answer = await question()
        if (answer !== undefined && answer !== false) return answer
        if (Date.now() > end) throw new Error(`It never happened: ${String(question)}`)
      }
    },
    async [Symbol.asyncDispose]() {
      const pids = await ask<number[]>('serverPids').catch(() => [])
      child.kill('SIGKILL')
      await ended
      for (const pid of pids) process.kill(pid, 'SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
