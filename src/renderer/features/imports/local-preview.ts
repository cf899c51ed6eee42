import Papa from 'papaparse'

export interface LocalPreview {
  columns: string[]
  rows: string[][]
}

const sampleSize = 256 * 1024
const shownRows = 100

/** The first rows of a text file as they look before anybody checked them; undefined for a workbook. */
export async function readLocalPreview(file: File): Promise<LocalPreview | undefined> {
  if (isWorkbook(file.name)) return undefined
  const bytes = new Uint8Array(await file.slice(0, sampleSize).arrayBuffer())
  return parsePreview(decode(bytes, file.size > sampleSize))
}

export function isWorkbook(name: string): boolean {
  return /\.xlsx$/i.test(name)
}

/** UTF-8 when it is that, with its mark or without; UTF-16 by its mark; else the Western code page. */
export function decode(bytes: Uint8Array, isCut: boolean): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    // A cut may fall inside of a letter, which streaming leaves out.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut })
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

export function parsePreview(text: string): LocalPreview {
  const { data } = Papa.parse<string[]>(text, { preview: shownRows + 1, skipEmptyLines: true })
  const [columns = [], ...rows] = data
  return { columns, rows }
}
