import type { BundleItem, BundleJob, BundleProgress, SigningKeys } from './bundle-item.ts'

/** What the worker is told once, at its start. */
export interface BundleStart {
  /** File of the reader's program. */
  readerWasm: string
}

/** What the worker of a bundle is asked, one after the other. */
export type BundleQuestion =
  | { ask: 'open'; job: BundleJob; keys: SigningKeys }
  | { ask: 'add'; items: readonly BundleItem[] }
  | { ask: 'finish' }

/** `isFailure`: the message is for people, trying again would end the same. */
export type BundleAnswer =
  | { progress: BundleProgress; finished?: { bytes: number; sha256: string } }
  | { error: string; isFailure: boolean }
