import type { Ticket } from '#contract/ticket.ts'
import { cleanLine } from './clean-text.ts'
import { commandsOf, type Commands } from './encode-commands.ts'
import {
  changeStyle,
  choosePages,
  encodeRow,
  pagesOfRow,
  plainStyle,
  type PrinterStateSoFar,
  type RowPages,
} from './encode-text-rows.ts'
import type { EncodedTicket } from './encoded-ticket.ts'
import { TicketFonts } from './fonts.ts'
import { layOutTicket } from './lay-out-ticket.ts'
import type { Layout, LayoutBlock, TextRow } from './layout.ts'
import type { CodePage, PrinterProfile } from './profile.ts'
import { LogoCache } from './raster-logo.ts'
import { drawQr, moduleDotsFor } from './raster-qr.ts'
import { drawRows } from './raster-rows.ts'

/** What pictures are drawn with; one for the process, because it remembers fonts and logos. */
export interface TicketPress {
  fonts: TicketFonts
  logos: LogoCache
}

/** `fontDir` holds packages of @fontsource (`config.fontDir`). */
export function createTicketPress(fontDir: string): TicketPress {
  return { fonts: new TicketFonts(fontDir), logos: new LogoCache() }
}

/** A ticket as the printer takes it: letters where a code page of it has them all, pictures where none has. */
export async function encodeTicket(
  ticket: Ticket,
  profile: PrinterProfile,
  press: TicketPress,
): Promise<EncodedTicket> {
  return await encodeLayout(layOutTicket(ticket, profile), profile, press)
}

type Step =
  | { kind: 'letters'; row: TextRow; pages: readonly CodePage[] }
  | { kind: 'picture'; rows: TextRow[] }
  | Exclude<LayoutBlock, TextRow>

export async function encodeLayout(
  layout: Layout,
  profile: PrinterProfile,
  press: TicketPress,
): Promise<EncodedTicket> {
  const commands = commandsOf(profile)
  const head = commands.initialise(profile)
  const state: PrinterStateSoFar = { page: profile.codePages[0]!, style: plainStyle }
  const unprintable = new Set<string>()
  const steps = planSteps(layout, profile)
  const parts: Buffer[] = [head]
  for (const step of steps) {
    if (step.kind === 'letters') {
      parts.push(...encodeRow(step.row, step.pages, state, profile, commands))
      continue
    }
    parts.push(...changeStyle(state, plainStyle, commands))
    if (step.kind === 'picture') {
      const { bitmap, missing } = drawRows(step.rows, profile, press.fonts, layout.locale)
      for (const character of missing) unprintable.add(character)
      parts.push(commands.picture(bitmap))
    } else if (step.kind === 'logo') {
      const bitmap = await press.logos.find(step.png, profile.dots)
      if (bitmap !== undefined) parts.push(commands.picture(bitmap))
    } else parts.push(...encodePart(step, profile, commands))
  }
  parts.push(...changeStyle(state, plainStyle, commands), commands.finish(profile))
  return {
    bytes: Buffer.concat(parts),
    markAt: head.length,
    mode: modeOf(steps),
    unprintable: [...unprintable],
  }
}

/** Which rows are letters and on which pages; rows beside each other that are not become one picture. */
function planSteps({ blocks }: Layout, profile: PrinterProfile): Step[] {
  const rowPages = blocks.map((block) => (block.kind === 'text' ? pagesOfRow(block, profile) : undefined))
  const known = rowPages.filter((pages): pages is RowPages => pages !== undefined)
  const chosen = choosePages(known.flat(), profile.codePages[0]!)
  const steps: Step[] = []
  let cell = 0
  for (const [index, block] of blocks.entries()) {
    if (block.kind !== 'text') steps.push(block)
    else if (rowPages[index] !== undefined) {
      steps.push({ kind: 'letters', row: block, pages: chosen.slice(cell, cell + block.cells.length) })
      cell += block.cells.length
    } else {
      const last = steps.at(-1)
      if (last?.kind === 'picture') last.rows.push(block)
      else steps.push({ kind: 'picture', rows: [block] })
    }
  }
  return steps
}

function encodePart(
  step: Exclude<LayoutBlock, TextRow | { kind: 'logo' }>,
  profile: PrinterProfile,
  commands: Commands,
): Buffer[] {
  if (step.kind === 'feed') return [commands.feed(step.rows)]
  if (step.kind === 'rule') {
    return [Buffer.alloc(profile.columns, step.double ? '=' : '-'), commands.lineEnd]
  }
  return encodeQrCode(cleanLine(step.text), profile, commands)
}

/** Drawn by the printer where it can; nothing when no code holds the text on this paper. */
function encodeQrCode(text: string, profile: PrinterProfile, commands: Commands): Buffer[] {
  const bytes = Buffer.from(text)
  const moduleDots = moduleDotsFor(bytes.length, profile.dots)
  if (moduleDots === undefined || bytes.length === 0) return []
  if (profile.qr === 'native') return [commands.qr(bytes, moduleDots)]
  return [commands.picture(drawQr(text, profile.dots, moduleDots))]
}

function modeOf(steps: readonly Step[]): EncodedTicket['mode'] {
  if (!steps.some(({ kind }) => kind === 'picture')) return 'text'
  return steps.some(({ kind }) => kind === 'letters') ? 'mixed' : 'raster'
}
