import { appendFileSync, readFileSync } from 'node:fs'

/** One piece of paper. */
export interface Strip {
  /** False where power went before the cut. */
  isCut: boolean
  /** Printed letters, a line each; what is above ASCII as latin1. */
  text: string
  /** The same, from one initialisation (`ESC @`) to the next: a job that died and the one after it share paper. */
  parts: string[]
  /** Bytes of pictures that came whole or in part. */
  dots: number
  /** Everything that was worked off for this paper. */
  bytes: Buffer
}

export interface DrawerKick {
  pin: number
  onMs: number
  offMs: number
}

type TapeRecord =
  | ({ kind: 'strip'; at: string; bytes: string } & Omit<Strip, 'bytes'>)
  | ({ kind: 'kick'; at: string } & DrawerKick)

/** Written at once, so that it outlives the printer's process. */
export function appendStrip(file: string, { bytes, ...words }: Strip): void {
  append(file, { kind: 'strip', at: new Date().toISOString(), ...words, bytes: bytes.toString('base64') })
}

export function appendKick(file: string, kick: DrawerKick): void {
  append(file, { kind: 'kick', at: new Date().toISOString(), ...kick })
}

function append(file: string, record: TapeRecord): void {
  appendFileSync(file, `${JSON.stringify(record)}\n`)
}

/** The paper of a printer that ran as a process of its own. */
export function readTape(file: string): { strips: Strip[]; kicks: DrawerKick[] } {
  const lines = readFileSync(file, 'utf8').split('\n')
  const records = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as TapeRecord)
  const strips = records.flatMap((record) =>
    record.kind === 'strip' ? [{ ...record, bytes: Buffer.from(record.bytes, 'base64') }] : [],
  )
  return { strips, kicks: records.flatMap((record) => (record.kind === 'kick' ? [record] : [])) }
}
