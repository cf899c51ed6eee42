/** Single-byte tables that we carry; `code-page-tables.ts` holds their upper halves. */
export type CodePageName =
  | 'cp437'
  | 'cp737'
  | 'cp775'
  | 'cp850'
  | 'cp852'
  | 'cp855'
  | 'cp857'
  | 'cp858'
  | 'cp860'
  | 'cp861'
  | 'cp863'
  | 'cp865'
  | 'cp866'
  | 'cp1250'
  | 'cp1251'
  | 'cp1252'
  | 'cp1253'
  | 'cp1254'
  | 'cp1257'

/** A table that the printer has, and the number by which it is chosen (`ESC t n`, with Star `ESC GS t n`). */
export interface CodePage {
  page: number
  name: CodePageName
}

/** What a model can do; everything that is sent to a printer is made for one of these. */
export interface PrinterProfile {
  id: string
  /** For a person: maker, model, and what sets this entry apart. */
  name: string
  language: 'escpos' | 'star-line'
  widthMm: 58 | 80
  /** Printable dots in a row. */
  dots: number
  /** Characters of font A (12 dots wide) in a row. */
  columns: number
  /** In order of preference: the first is chosen at the start of each ticket. */
  codePages: readonly CodePage[]
  qr: 'native' | 'raster'
  cutter: boolean
  drawer: boolean
  /** It wakes reading two bytes as one Chinese character and has to be told not to (`FS .`). */
  multibyte: boolean
}
