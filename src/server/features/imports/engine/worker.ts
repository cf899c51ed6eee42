import { parentPort, workerData } from 'node:worker_threads'
import { ImportFailure, Pace } from './cancel.ts'
import { writeErrorsCsv } from './errors-csv.ts'
import { goodChunk, packChunk, stagedChunk } from './good-rows.ts'
import { ImportSession } from './import-session.ts'
import type { CardSession } from './cards/card-session.ts'
import type { Question, QuestionName, Questions, Report, ScanResult, WorkerStart } from './messages.ts'
import type { Progress, ScanRequest } from './request.ts'
import { NotUtf8Error } from './scan.ts'
import type { Session } from './session.ts'

const port = parentPort
if (port === null) throw new Error('This file is started as a worker thread.')
const pace = new Pace(new Int32Array((workerData as WorkerStart).cancel))
const report = (message: Report): void => port.postMessage(message)

const state: { session: Session | null; links: ImportSession | null; cards: CardSession | null } = {
  session: null,
  links: null,
  cards: null,
}

function here<T>(session: T | null): T {
  if (session === null) throw new ImportFailure('No file has been read yet.')
  return session
}

const current = (): Session => here(state.session)

/** A half-checked file answers no questions: it has to be read again. */
function forget(): void {
  state.session?.close()
  Object.assign(state, { session: null, links: null, cards: null })
}

async function fix(id: number, code: string): Promise<number> {
  try {
    return await current().fix(code, progressOf(id))
  } catch (error) {
    forget()
    throw error
  }
}

function progressOf(id: number): (progress: Progress) => void {
  let last = 0
  return (progress) => {
    const now = performance.now()
    if (now - last < 40) return
    last = now
    report({ kind: 'progress', id, progress })
  }
}

async function open(request: ScanRequest): Promise<Session> {
  if (request.kind !== 'wallet_passes') return (state.links = await ImportSession.open(request, pace))
  // Loaded late: most files are of links, and the first rows shall not wait for it.
  const { CardSession } = await import('./cards/card-session.ts')
  return (state.cards = await CardSession.open(request, pace))
}

async function scan(id: number, request: ScanRequest): Promise<ScanResult> {
  forget()
  const session = await open(request)
  state.session = session
  report({ kind: 'opened', id, sheet: session.description })
  try {
    await session.run(progressOf(id))
  } catch (error) {
    forget()
    if (!(error instanceof NotUtf8Error) || request.encoding !== undefined) throw error
    // The beginning was UTF-8 and the rest is not: read it all as Western, which every byte can be.
    return scan(id, { ...request, encoding: 'windows-1252' })
  }
  return { sheet: session.description, ...session.tally() }
}

type Handlers = {
  [Name in QuestionName]: (ask: Questions[Name]['ask'], id: number) => Promise<Questions[Name]['answer']>
}

const handlers: Handlers = {
  scan: (ask, id) => scan(id, ask),
  page: async (ask) => current().page(ask),
  edit: async ({ row, cells }) => ({ row: current().edit(row - 1, cells), ...current().tally() }),
  fix: async ({ code }, id) => ({ fixed: await fix(id, code), ...current().tally() }),
  mode: async ({ onDuplicate }) => {
    current().setMode(onDuplicate)
    return current().tally()
  },
  edits: async ({ cursor, limit }) => current().listEdits(cursor, limit),
  errors: async ({ path }) => ({ rows: await writeErrorsCsv(current(), path, pace) }),
  chunk: async ({ from, size, staging }) =>
    packChunk(
      staging
        ? stagedChunk(here(state.links), from, size, staging)
        : goodChunk(here(state.links), from, size),
    ),
  cards: async ({ from, size }) => here(state.cards).chunk(from, size),
  close: async () => {
    forget()
    return null
  },
}

/** What the machine refuses, as a sentence; anything else as it is. */
function explain(error: unknown): Error {
  const failure = error instanceof Error ? error : new Error(String(error))
  switch ((failure as NodeJS.ErrnoException).code) {
    case 'ENOSPC':
      return new ImportFailure('The disk is full. Free some space and try again.')
    case 'ENOENT':
      return new ImportFailure('The file is gone. Choose it again.')
    case 'EACCES':
    case 'EPERM':
      return new ImportFailure('The file may not be read. Check who may open it.')
    default:
      return failure
  }
}

async function answer({ id, name, ask }: Question): Promise<void> {
  try {
    if (name !== 'page') pace.begin(id)
    const handler = handlers[name] as (ask: unknown, id: number) => Promise<unknown>
    report({ kind: 'answer', id, answer: await handler(ask, id) })
  } catch (error) {
    const { name: kind, message } = explain(error)
    report({ kind: 'error', id, name: kind, message })
  }
}

const queue = { last: Promise.resolve() }

/** One thing after the other, but pages are shown while a scan runs. */
port.on('message', (question: Question) => {
  if (question.name === 'page') void answer(question)
  else queue.last = queue.last.then(() => answer(question))
})
