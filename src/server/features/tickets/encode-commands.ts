import type { Bitmap } from './raster.ts'
import { escposCommands } from './encode-commands-escpos.ts'
import { starCommands } from './encode-commands-star.ts'
import type { CharacterSize } from './layout.ts'
import type { CodePage, PrinterProfile } from './profile.ts'

export interface TextStyle {
  width: CharacterSize
  height: CharacterSize
  bold: boolean
  inverse: boolean
}

/** What a ticket is made of, in a printer's own language. */
export interface Commands {
  /** Forgets what the job before left behind. */
  initialise: (profile: PrinterProfile) => Buffer
  page: (page: CodePage) => Buffer
  style: (style: TextStyle) => Buffer
  lineEnd: Buffer
  feed: (rows: number) => Buffer
  picture: (bitmap: Bitmap) => Buffer
  /** A code of the printer's own drawing, in the middle; `moduleDots` is the side of a module. */
  qr: (text: Buffer, moduleDots: number) => Buffer
  /** Out to the knife, and the cut; without a knife out to the edge where it is torn. */
  finish: (profile: PrinterProfile) => Buffer
}

export function commandsOf({ language }: PrinterProfile): Commands {
  return language === 'escpos' ? escposCommands : starCommands
}
