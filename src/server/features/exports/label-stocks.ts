import type { LabelStock } from '#contract/export-bundles.ts'

const inch = 25.4
const papers = { A4: { width: 210, height: 297 }, Letter: { width: 8.5 * inch, height: 11 * inch } } as const

type Sheet = Omit<LabelStock, 'id' | 'name' | 'paper' | 'width' | 'height'>

/**
 * Sheets that are sold, by their part number. Sizes are the makers' published ones; where a source gives label, rows
 * and pitch alone, the margins are what is left of the paper, halved. Letter sheets are given in inches and turned.
 */
export const labelStocks: readonly LabelStock[] = [
  // glabels avery-iso: 63.5 × 38.1 mm, pitch 66.04 × 38.1; margins 7.2 and 15.15.
  a4('avery-l7160', 'Avery L7160 · 63.5 × 38.1 mm · 21', sheet(3, 7, [63.5, 38.1], [66, 38.1], 1.5)),
  a4('avery-l7159', 'Avery L7159 · 63.5 × 33.9 mm · 24', sheet(3, 8, [63.5, 33.9], [66, 33.9], 1.5)),
  // glabels avery-iso 8651: pitch 40.6 × 21.2.
  a4('avery-l7651', 'Avery L7651 · 38.1 × 21.2 mm · 65', sheet(5, 13, [38.1, 21.2], [40.6, 21.2], 1.5)),
  // Label Planet LP189/25: side margin 8.6, gap 2.5.
  a4('avery-l4731', 'Avery L4731REV · 25.4 × 10 mm · 189', sheet(7, 27, [25.4, 10], [27.9, 10], 1)),
  // Margins 7.5 and 11, gap 5, as those who print asset labels on them measured.
  a4('avery-l7120', 'Avery L7120 · 35 × 35 mm · 35', sheet(5, 7, [35, 35], [40, 40], 1.5)),
  // Inches from here: Avery's templates, 5160 with side margin 3/16 and pitch 2 3/4, 5163 with 5/32 and 4 3/16.
  letter('avery-5160', 'Avery 5160 · 2⅝ × 1 in · 30', sheet(3, 10, [2.625, 1], [2.75, 1], 0.0625)),
  letter('avery-5163', 'Avery 5163 · 4 × 2 in · 10', sheet(2, 5, [4, 2], [4.1875, 2], 0.125)),
  // Side margin 25/32, pitch 1 13/16 × 1.7, measured on the die.
  letter('avery-22805', 'Avery 22805 · 1½ × 1½ in · 24', sheet(4, 6, [1.5, 1.5], [1.8125, 1.7], 0.0625)),
  // Side margin 5/8, pitch 2 5/8 × 2.6: the published margins, evenly spread.
  letter('avery-22806', 'Avery 22806 · 2 × 2 in · 12', sheet(3, 4, [2, 2], [2.625, 2.6], 0.0625)),
  // Plain paper to be cut: the grid fills what a printer reaches, 5 mm or a quarter of an inch from the edge.
  a4('a4-2x4', 'A4 grid 2 × 4', sheet(2, 4, [95, 70], [95, 70], 0)),
  a4('a4-3x8', 'A4 grid 3 × 8', sheet(3, 8, [66, 35], [66, 35], 0)),
  a4('a4-4x10', 'A4 grid 4 × 10', sheet(4, 10, [49, 28], [49, 28], 0)),
  a4('a4-5x13', 'A4 grid 5 × 13', sheet(5, 13, [38, 21], [38, 21], 0)),
  letter('letter-2x4', 'Letter grid 2 × 4', sheet(2, 4, [4, 2.5], [4, 2.5], 0)),
  letter('letter-3x8', 'Letter grid 3 × 8', sheet(3, 8, [2.625, 1.25], [2.625, 1.25], 0)),
  letter('letter-4x10', 'Letter grid 4 × 10', sheet(4, 10, [2, 1], [2, 1], 0)),
  letter('letter-5x13', 'Letter grid 5 × 13', sheet(5, 13, [1.55, 0.8], [1.55, 0.8], 0)),
]

/** Margins are left out: what the labels leave of the paper, halved. */
function sheet(
  columns: number,
  rows: number,
  [label_width, label_height]: [number, number],
  [pitch_x, pitch_y]: [number, number],
  radius: number,
): Sheet {
  return { columns, rows, label_width, label_height, pitch_x, pitch_y, radius, left: 0, top: 0 }
}

function a4(id: string, name: string, one: Sheet): LabelStock {
  return centred({ id, name, paper: 'A4', ...papers.A4, ...one })
}

function letter(id: string, name: string, one: Sheet): LabelStock {
  return centred({
    id,
    name,
    paper: 'Letter',
    ...papers.Letter,
    ...one,
    label_width: one.label_width * inch,
    label_height: one.label_height * inch,
    pitch_x: one.pitch_x * inch,
    pitch_y: one.pitch_y * inch,
    radius: one.radius * inch,
  })
}

function centred(stock: LabelStock): LabelStock {
  const margin = (paper: number, count: number, pitch: number, label: number) =>
    round((paper - (count - 1) * pitch - label) / 2)
  return {
    ...stock,
    left: margin(stock.width, stock.columns, stock.pitch_x, stock.label_width),
    top: margin(stock.height, stock.rows, stock.pitch_y, stock.label_height),
  }
}

/** A ten-thousandth of a millimetre, so that no sum of fractions shows on the wire. */
function round(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
