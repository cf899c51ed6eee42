/** What a command is, once enough of it has arrived. */
export interface PrinterCommand {
  /** The bytes that choose it, as letters: `ESC @`, `GS ( H`; `letter` for what is printed. */
  name: string
  /** With its head. */
  length: number
  /** Bytes of a picture that follow the head and are taken as they come, however long that lasts. */
  dots: number
}

const prefixes: Readonly<Record<number, string>> = { 0x10: 'DLE', 0x1b: 'ESC', 0x1c: 'FS', 0x1d: 'GS' }

/** Bytes behind the two that name a command, from the makers' command references. */
const parameters: Readonly<Record<string, number>> = {
  ...counts('ESC', '@2<LSimv', 0),
  ...counts('ESC', 'atE-!3dJRM G{VrTtue=%?U', 1),
  ...counts('ESC', '$\\c', 2),
  ...counts('ESC', 'p', 3),
  ...counts('ESC', 'W', 8),
  ...counts('GS', ':', 0),
  ...counts('GS', '!BarIHhwfbT/', 1),
  ...counts('GS', 'LWP$\\', 2),
  ...counts('GS', '^', 3),
  ...counts('GS', 'g', 4),
  ...counts('FS', '.&', 0),
  ...counts('FS', '!C-', 1),
  ...counts('FS', 'Sp', 2),
  // Done when they arrived; here they are only stepped over.
  ...counts('DLE', '\u0004\u0005', 1),
}

function counts(prefix: string, letters: string, count: number): Record<string, number> {
  return Object.fromEntries(Array.from(letters, (letter) => [`${prefix} ${letter}`, count]))
}

/** The command at the start of what has arrived; undefined while its head is not there wholly. */
export function nextCommand(bytes: Buffer): PrinterCommand | undefined {
  const prefix = prefixes[bytes[0]!]
  if (prefix === undefined) return plain('letter', 1)
  if (bytes.length < 2) return undefined
  const name = `${prefix} ${String.fromCharCode(bytes[1]!)}`
  const count = parameters[name]
  if (count !== undefined) return bytes.length < 2 + count ? undefined : plain(name, 2 + count)
  return variable(name, bytes)
}

function plain(name: string, length: number): PrinterCommand {
  return { name, length, dots: 0 }
}

/** Commands that say in their own bytes how long they are; anything else is a name of two bytes. */
function variable(name: string, bytes: Buffer): PrinterCommand | undefined {
  switch (name) {
    case 'ESC *':
      return picture(name, bytes, 5, () => bytes.readUInt16LE(3) * (bytes[2]! >= 32 ? 3 : 1))
    case 'GS v':
      return picture(name, bytes, 8, () => bytes.readUInt16LE(4) * bytes.readUInt16LE(6))
    case 'GS 8':
      return picture('GS 8 L', bytes, 7, () => bytes.readUInt32LE(3))
    case 'GS *':
      return picture(name, bytes, 4, () => bytes[2]! * bytes[3]! * 8)
    case 'GS V':
      return bytes.length < 3 ? undefined : wait(name, bytes, [65, 66, 97, 98].includes(bytes[2]!) ? 4 : 3)
    case 'DLE \u0014':
      return bytes.length < 3 ? undefined : wait(name, bytes, bytes[2] === 8 ? 10 : 5)
    case 'ESC D':
      return untilNul(name, bytes, 2)
    case 'GS k':
      return barcode(name, bytes)
    case 'GS (':
    case 'FS (':
      return withLength(name, bytes)
    default:
      return plain(name, 2)
  }
}

function wait(name: string, bytes: Buffer, length: number): PrinterCommand | undefined {
  return bytes.length < length ? undefined : plain(name, length)
}

function picture(name: string, bytes: Buffer, head: number, dots: () => number): PrinterCommand | undefined {
  return bytes.length < head ? undefined : { name, length: head, dots: dots() }
}

/** `GS ( L` may be a whole picture and is taken as one; the others are short. */
function withLength(name: string, bytes: Buffer): PrinterCommand | undefined {
  if (bytes.length < 5) return undefined
  const whole = `${name} ${String.fromCharCode(bytes[2]!)}`
  const length = bytes.readUInt16LE(3)
  return whole === 'GS ( L' ? { name: whole, length: 5, dots: length } : wait(whole, bytes, 5 + length)
}

function barcode(name: string, bytes: Buffer): PrinterCommand | undefined {
  if (bytes.length < 4) return undefined
  return bytes[2]! >= 65 ? wait(name, bytes, 4 + bytes[3]!) : untilNul(name, bytes, 3)
}

function untilNul(name: string, bytes: Buffer, from: number): PrinterCommand | undefined {
  const end = bytes.indexOf(0, from)
  return end < 0 ? undefined : plain(name, end + 1)
}
