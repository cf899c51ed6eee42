/**
 * The models we know. Which number chooses which code page is from escpos-printer-db's capabilities
 * (https://github.com/receipt-print-hq/escpos-printer-db, CC BY 4.0), and only where the independent table of
 * @point-of-sale/receipt-printer-encoder says the same: a wrong number prints wrong letters and nobody is told.
 */
import type { CodePage, CodePageName, PrinterProfile } from './profile.ts'

type Pages = Readonly<Record<number, CodePageName>>

/** Numbers on which nearly all models of the database agree; for printers of which nobody said what they are. */
const agreed: Pages = {
  0: 'cp437',
  2: 'cp850',
  3: 'cp860',
  4: 'cp863',
  5: 'cp865',
  16: 'cp1252',
  19: 'cp858',
}
/** Page 17 is Greek with some makers, so Cyrillic is a picture there and above. */
const rongta: Pages = { ...agreed, 18: 'cp852' }
const core: Pages = { ...agreed, 17: 'cp866', 18: 'cp852' }
const sunmi: Pages = { ...core, 13: 'cp857', 14: 'cp737', 33: 'cp775', 34: 'cp855' }
const epson: Pages = {
  ...sunmi,
  35: 'cp861',
  45: 'cp1250',
  46: 'cp1251',
  47: 'cp1253',
  48: 'cp1254',
  51: 'cp1257',
}
/** The newest have no page 19; the euro sign is on page 16. */
const epsonM30 = Object.fromEntries(Object.entries(epson).filter(([page]) => page !== '19')) as Pages
/** Page 2 is cp850 in one table and cp858 in the other, so it is in neither here. */
const citizen: Pages = {
  0: 'cp437',
  3: 'cp860',
  4: 'cp863',
  5: 'cp865',
  6: 'cp852',
  7: 'cp866',
  8: 'cp857',
  16: 'cp1252',
}
const star: Pages = {
  1: 'cp437',
  4: 'cp858',
  5: 'cp852',
  6: 'cp860',
  7: 'cp861',
  8: 'cp863',
  9: 'cp865',
  10: 'cp866',
  11: 'cp855',
  12: 'cp857',
  15: 'cp737',
  32: 'cp1252',
  33: 'cp1250',
  34: 'cp1251',
}
const oldest: Pages = { 0: 'cp437' }

/** The order in which pages are tried: the one that is in force after `ESC @`, then the widest known. */
const preference: readonly CodePageName[] = ['cp437', 'cp1252', 'cp858', 'cp850', 'cp852', 'cp1250', 'cp866']

function inOrder(pages: Pages): CodePage[] {
  const rank = (name: CodePageName) => {
    const place = preference.indexOf(name)
    return place < 0 ? preference.length : place
  }
  return Object.entries(pages)
    .map(([page, name]) => ({ page: Number(page), name }))
    .toSorted((a, b) => rank(a.name) - rank(b.name) || a.page - b.page)
}

const wide = { widthMm: 80, dots: 576, columns: 48 } as const
/** 180 dots to the inch: the same paper in fewer, larger dots. */
const wideCoarse = { widthMm: 80, dots: 512, columns: 42 } as const
const narrow = { widthMm: 58, dots: 384, columns: 32 } as const
const full = { qr: 'native', cutter: true, drawer: true } as const

type Extra = Partial<PrinterProfile> & Pick<PrinterProfile, 'dots' | 'columns' | 'widthMm'>

function escpos(id: string, name: string, pages: Pages, extra: Extra): PrinterProfile {
  return { id, name, language: 'escpos', ...full, multibyte: false, codePages: inOrder(pages), ...extra }
}

function starLine(id: string, name: string): PrinterProfile {
  return { ...escpos(id, name, star, wide), language: 'star-line' }
}

const clone = { multibyte: true } as const
const small = { ...narrow, multibyte: true, cutter: false } as const

const profiles: readonly PrinterProfile[] = [
  escpos('generic-80', 'ESC/POS, 80 mm', agreed, { ...wide, ...clone }),
  escpos('generic-58', 'ESC/POS, 58 mm', agreed, { ...small, qr: 'raster' }),
  escpos('plain-80', 'ESC/POS, 80 mm, everything but plain letters as pictures', oldest, {
    ...wide,
    ...clone,
    qr: 'raster',
  }),
  escpos('plain-58', 'ESC/POS, 58 mm, everything but plain letters as pictures', oldest, {
    ...small,
    qr: 'raster',
  }),
  escpos('epson-tm-t20', 'Epson TM-T20II, TM-T20III', epson, wide),
  escpos('epson-tm-t20-42', 'Epson TM-T20II, TM-T20III set to 42 columns', epson, {
    ...wide,
    dots: 546,
    columns: 42,
  }),
  escpos('epson-tm-t70', 'Epson TM-T70II', epson, wideCoarse),
  escpos('epson-tm-t88', 'Epson TM-T88V and later', epson, wideCoarse),
  escpos('epson-tm-t88-old', 'Epson TM-T88IV', core, { ...wideCoarse, qr: 'raster' }),
  escpos('epson-tm-m30', 'Epson TM-m30II, TM-m30III', epsonM30, wide),
  escpos('epson-tm-m30-58', 'Epson TM-m30II, TM-m30III with 58 mm paper', epsonM30, {
    ...narrow,
    dots: 420,
    columns: 35,
  }),
  starLine('star-tsp100', 'Star TSP100IV (Star Line)'),
  starLine('star-tsp650', 'Star TSP650II, TSP700II (Star Line)'),
  escpos('bixolon-80', 'Bixolon SRP-330, SRP-350', core, wide),
  escpos('citizen-80', 'Citizen CT-S', citizen, wide),
  escpos('sunmi-80', 'Sunmi, 80 mm', sunmi, { ...wide, ...clone }),
  escpos('sunmi-58', 'Sunmi V2 (built in)', sunmi, { ...small, drawer: false }),
  escpos('rongta-80', 'Rongta RP326, RP332', rongta, { ...wide, ...clone }),
  escpos('xprinter-80', 'Xprinter and its like, 80 mm', core, { ...wide, ...clone }),
  escpos('xprinter-58', 'Xprinter, Netum, ZJ-58 and their like, 58 mm', core, { ...small, qr: 'raster' }),
]

/** Every model, the generic ones first. */
export function listProfiles(): readonly PrinterProfile[] {
  return profiles
}

/** Undefined when no model has this id. */
export function findProfile(id: string): PrinterProfile | undefined {
  return profiles.find((profile) => profile.id === id)
}
