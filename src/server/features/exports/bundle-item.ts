import type { BundleKind, BundleRequest } from '#contract/export-bundles.ts'
import type { QrReceipt } from '#contract/qr-codes.ts'
import type { QrStyle } from '#contract/qr-style.ts'

/** One thing of a bundle: a link or a card. Plain data, for it goes from the thread that reads to the one that draws. */
export interface BundleItem {
  /** Its place in the order of the bundle: the rest is what comes after it. */
  key: string
  /** What its files are called. */
  name: string
  /** What its code says; the empty text for what has none. */
  text: string
  /** Words under its code on a label. */
  caption: string | null
  /** The look of its code: the bundle's over its preset's over its own. */
  style: QrStyle
  /** PNG or JPEG as a `data:` address, where its look has one. */
  logo: string | null
  /** Columns of the manifest. */
  facts: Record<string, string>
  /** The row itself, for what makes files of it. */
  row: unknown
}

/** A file made of an item. `receipt` is what was read off it, null where nothing is to be read. */
export interface DrawnFile {
  /** With its dot, such as `.png`. */
  ending: string
  body: Buffer
  receipt: QrReceipt | null
  /** Whether packing makes it smaller. */
  packs: boolean
}

/** Opened credentials by the format that they sign. */
export type SigningKeys = Partial<Record<'apple' | 'google', Record<string, string>>>

/** What the worker draws with; put together where features meet. */
export interface Drawers {
  /** Told once, before the first item. */
  begin?: (keys: SigningKeys) => void
  /** All files of an item, in the formats that are asked for. Throws an Error whose message is for people. */
  files: (kind: BundleKind, item: BundleItem, request: BundleRequest) => Promise<DrawnFile[]>
  /** Reads the code of an item back as it lies on a label. */
  receipt: (item: BundleItem) => Promise<QrReceipt>
}

/** What a bundle is built from, as the worker is told. */
export interface BundleJob {
  id: string
  kind: BundleKind
  request: BundleRequest
  /** The file being written; beside it lies its journal, `.journal`. */
  path: string
  total: number
  maxBytes: number
  fontDir: string
  /** Milliseconds; the time of the files in the bundle. */
  createdAt: number
}

/** How far a bundle is. */
export interface BundleProgress {
  /** The key of the last item that is safely written; null before the first. */
  after: string | null
  done: number
  verified: number
  refused: number
  bytes: number
}

/** A bundle that cannot be built as asked; the message says what to do. */
export class BundleFailure extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'BundleFailure'
  }
}
