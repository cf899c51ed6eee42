import { describe, expect, it } from 'vitest'
import type { RecallLine } from '#contract/recall-lines.ts'
import { draftOfLine, emptyLine, lineOf } from '#renderer/features/recalls/line-draft.ts'

describe('a line as it is typed', () => {
  it('parts lists at lines, commas and semicolons, and takes the blanks out of GTINs', () => {
    const line = lineOf({ ...emptyLine, gtins: '9 506000 134352\n09506000-134376', lots: 'A, B; C\n\nD' })
    expect(line).toEqual({ gtins: ['9506000134352', '09506000134376'], lots: ['A', 'B', 'C', 'D'] })
  })

  it.each([
    ['A001 - A120', { from: 'A001', to: 'A120' }],
    ['A001–A120', { from: 'A001', to: 'A120' }],
    ['LOT-01..LOT-09', { from: 'LOT-01', to: 'LOT-09' }],
    ['LOT-7', { from: 'LOT-7', to: 'LOT-7' }],
  ])('takes %s for a range, though lots may hold hyphens', (lotRanges, range) => {
    expect(lineOf({ ...emptyLine, lotRanges }).lot_ranges).toEqual([range])
  })

  it('comes back as it was, with all that the form does not show', () => {
    const line: RecallLine = {
      gtins: ['09506000134352'],
      lots: ['L1', 'L2'],
      lot_prefixes: ['X'],
      lot_ranges: [{ from: 'A-001', to: 'A-120' }],
      serials: ['S1'],
      serial_ranges: [{ from: 'S10', to: 'S20' }],
      excluded_lots: ['L9'],
      excluded_serials: ['S9'],
      days: [
        { kind: 'production', ranges: [{ from: '2026-01-01', to: null }] },
        { kind: 'expiry', ranges: [{ from: null, to: '2027-01-01' }] },
      ],
      original_text: 'Lot L1 and L2',
    }
    expect(lineOf(draftOfLine(line))).toEqual(line)
    const two: RecallLine = {
      gtins: ['09506000134352'],
      days: [
        {
          kind: 'expiry',
          ranges: [
            { from: null, to: '2027-01-01' },
            { from: '2028-01-01', to: null },
          ],
        },
      ],
    }
    expect(lineOf(draftOfLine(two))).toEqual(two)
  })
})
