import type { Bitmap } from '#server/features/tickets/raster.ts'

export interface Command {
  name: string
  at: number
  /** What follows the command's name. */
  data: Buffer
}

/** Commands of ESC/POS that a ticket may hold, by their first bytes, with how many bytes follow. */
const known: readonly [name: string, head: readonly number[], follow: (rest: Buffer) => number][] = [
  ['initialise', [0x1b, 0x40], () => 0],
  ['one byte a character', [0x1c, 0x2e], () => 0],
  ['variant', [0x1b, 0x52], () => 1],
  ['page', [0x1b, 0x74], () => 1],
  ['size', [0x1d, 0x21], () => 1],
  ['bold', [0x1b, 0x45], () => 1],
  ['inverse', [0x1d, 0x42], () => 1],
  ['align', [0x1b, 0x61], () => 1],
  ['feed', [0x1b, 0x64], () => 1],
  ['cut', [0x1d, 0x56, 66], () => 1],
  ['symbol', [0x1d, 0x28, 0x6b], (rest) => 2 + rest.readUInt16LE(0)],
  ['picture', [0x1d, 0x76, 0x30, 0], (rest) => 4 + rest.readUInt16LE(0) * rest.readUInt16LE(2)],
  ['line', [0x0a], () => 0],
]

/** Takes bytes apart; throws at the first that is neither one of our commands nor a letter. */
export function readCommands(bytes: Buffer): Command[] {
  const commands: Command[] = []
  let at = 0
  while (at < bytes.length) {
    const rest = bytes.subarray(at)
    const found = known.find(([, head]) => head.every((byte, index) => rest[index] === byte))
    if (found !== undefined) {
      const [name, head, follow] = found
      const length = follow(rest.subarray(head.length))
      commands.push({ name, at, data: rest.subarray(head.length, head.length + length) })
      at += head.length + length
    } else if (rest[0]! >= 0x20 && rest[0] !== 0x7f) {
      const end = rest.findIndex((byte) => byte < 0x20 || byte === 0x7f)
      commands.push({ name: 'text', at, data: end < 0 ? rest : rest.subarray(0, end) })
      at += commands.at(-1)!.data.length
    } else throw new Error(`byte ${rest[0]} at ${at} is no command of ours`)
  }
  return commands
}

/** Rows of letters as they stand on paper, what is above ASCII as `?`. */
export function textRows(bytes: Buffer): string[] {
  const rows = ['']
  for (const { name, data } of readCommands(bytes)) {
    if (name === 'text') rows[rows.length - 1] += data.toString('latin1').replaceAll(/[\u0080-\u00FF]/g, '?')
    if (name === 'line') rows.push('')
  }
  return rows.slice(0, -1)
}

/** How many columns of font A the widest row of letters takes. */
export function widestRow(bytes: Buffer): number {
  let [width, used, widest] = [1, 0, 0]
  for (const { name, data } of readCommands(bytes)) {
    if (name === 'size') width = (data[0]! >> 4) + 1
    if (name === 'text') used += data.length * width
    if (name === 'line') used = 0
    widest = Math.max(widest, used)
  }
  return widest
}

/** The pictures, bands beside each other put together. */
export function pictures(bytes: Buffer): Bitmap[] {
  const found: Bitmap[] = []
  let last = ''
  for (const { name, data } of readCommands(bytes)) {
    if (name === 'picture') {
      const [stride, height] = [data.readUInt16LE(0), data.readUInt16LE(2)]
      const before = last === 'picture' ? found.at(-1) : undefined
      if (before?.stride === stride) {
        before.height += height
        before.data = Buffer.concat([before.data, data.subarray(4)])
      } else found.push({ stride, height, data: data.subarray(4) })
    }
    last = name
  }
  return found
}

/** Columns of dots from the first black one to the last, of all rows. */
export function inkSpan({ stride, data }: Bitmap): { left: number; right: number } {
  let left = Infinity
  let right = -1
  for (const [at, byte] of data.entries()) {
    for (let bit = 0; bit < 8; bit++) {
      if ((byte & (0x80 >> bit)) === 0) continue
      const x = (at % stride) * 8 + bit
      left = Math.min(left, x)
      right = Math.max(right, x)
    }
  }
  return { left, right }
}
