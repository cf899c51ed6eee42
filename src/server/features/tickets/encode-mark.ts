import { cleanLine } from './clean-text.ts'
import { pagesFor, encodeText } from './code-pages.ts'
import type { TicketMark } from './encoded-ticket.ts'
import { commandsOf } from './encode-commands.ts'
import type { PrinterProfile } from './profile.ts'
import { wrapText } from './wrap-text.ts'

/**
 * The head of a copy that is not the first, or that another printer should have printed: white on black, doubled.
 * Empty when there is nothing to say. It leaves the printer as it found it, so it goes in at `markAt`.
 */
export function encodeMark(mark: TicketMark, profile: PrinterProfile): Buffer {
  const lines = linesOf(mark).flatMap((line) => wrapText(line, Math.floor(profile.columns / 2)))
  if (lines.length === 0) return Buffer.alloc(0)
  const commands = commandsOf(profile)
  const loud = { width: 2, height: 2, bold: true, inverse: true } as const
  return Buffer.concat([
    commands.style(loud),
    ...lines.map((line) => encodeLine(line, profile)),
    commands.style({ width: 1, height: 1, bold: false, inverse: false }),
    commands.page(profile.codePages[0]!),
    commands.lineEnd,
  ])
}

function linesOf({ reprint, backupFor, mayBeDuplicate }: TicketMark): string[] {
  const lines: string[] = []
  if (reprint > 0) lines.push(reprint === 1 ? 'REPRINT' : `REPRINT ${reprint}`)
  if (backupFor !== null) lines.push(`BACKUP FOR ${cleanLine(backupFor)}`)
  if (mayBeDuplicate) lines.push('MAY BE A DUPLICATE')
  return lines
}

/** A printer's name in letters that this printer lacks is printed with `?` for each: the word before it counts. */
function encodeLine(line: string, profile: PrinterProfile): Buffer {
  const columns = Math.floor(profile.columns / 2)
  const page = pagesFor(line, profile)[0] ?? profile.codePages[0]!
  const left = Math.max(0, Math.floor((columns - line.length) / 2))
  const padded = (' '.repeat(left) + line).padEnd(columns)
  const commands = commandsOf(profile)
  return Buffer.concat([commands.page(page), encodeText(padded, page.name), commands.lineEnd])
}
