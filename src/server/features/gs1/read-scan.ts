import { gtinFlaw } from './gtin.ts'
import { looksLikeLink, readDigitalLink } from './read-digital-link.ts'
import { readElementString } from './read-element-string.ts'
import { emptyReading, type ReadContext, type Reading } from './reading.ts'

const groupSeparator = '\u001d'
/** Carriers of GS1 element strings: GS1-128, DataBar and composite, DataMatrix, QR, DotCode. */
const withElements = new Set(['C1', 'e0', 'd2', 'Q3', 'J1'])
/** Carriers of plain text or a web address: QR, DataMatrix, DotCode, Aztec, Code 128. */
const withText = new Set(['Q0', 'Q1', 'Q2', 'd0', 'd1', 'J0', 'z0', 'C0'])
/** EAN-13, UPC-A and UPC-E as thirteen digits, EAN-8, ITF-14. */
const withDigits: Record<string, number> = { E0: 13, E4: 8, I1: 14, I0: 14 }

/** What a scanner sends, with its symbology identifier: `]d2`, then data with GS (0x1D) for FNC1. */
export function readScan(input: string, context: ReadContext, offset: number | undefined = 0): Reading {
  const symbology = input.slice(1, 3)
  if (!/^\][A-Za-z][0-9]$/.test(input.slice(0, 3))) {
    const reading = emptyReading('scan')
    reading.problems.push({ code: 'no_symbology', position: 0, length: Math.min(3, input.length) })
    return reading
  }
  const reading = readSymbol(symbology, input.slice(3), context, offset)
  return { ...reading, kind: reading.kind === 'digital_link' ? 'digital_link' : 'scan', symbology }
}

function readSymbol(symbology: string, data: string, context: ReadContext, at: number | undefined): Reading {
  if (withElements.has(symbology)) return readData(data, context, at === undefined ? undefined : at + 3)
  const digits = withDigits[symbology]
  if (digits !== undefined) return readPrimary(data, digits, context)
  if (withText.has(symbology)) {
    if (looksLikeLink(data)) return readDigitalLink(data, context, 3)
    const reading = emptyReading('scan')
    reading.notes.push({ code: 'plain_text', position: 3, length: data.length })
    return reading
  }
  const reading = emptyReading('scan')
  reading.problems.push({ code: 'symbology', position: 0, length: 3, detail: symbology })
  return reading
}

function readData(data: string, context: ReadContext, offset: number | undefined): Reading {
  const caret = data.indexOf('^')
  if (caret < 0)
    return readElementString(
      `^${data.replaceAll(groupSeparator, '^')}`,
      context,
      'scan',
      offset === undefined ? undefined : offset - 1,
    )
  const reading = emptyReading('scan')
  reading.problems.push({
    code: 'caret',
    position: offset === undefined ? undefined : offset + caret,
    length: 1,
  })
  return reading
}

/** The digits of an EAN or UPC symbol, and what a composite component above it says. */
function readPrimary(data: string, length: number, context: ReadContext): Reading {
  const bar = data.indexOf('|')
  const primary = bar < 0 ? data : data.slice(0, bar)
  const composite = bar < 0 ? '' : data.slice(bar + 1)
  const isComposite = composite.startsWith(']e0')
  const reading = isComposite ? readData(composite.slice(3), context, bar + 7) : emptyReading('scan')
  if (composite !== '' && !isComposite) {
    reading.problems.push({ code: 'symbology', position: bar + 4, length: 3, detail: composite.slice(1, 3) })
  }
  const flaw =
    primary.length < length
      ? { code: 'primary_too_short', at: 0, length: primary.length }
      : primary.length > length
        ? { code: 'primary_too_long', at: length, length: primary.length - length }
        : gtinFlaw(primary)
  if (flaw) reading.problems.push({ code: flaw.code, position: 3 + flaw.at, length: flaw.length })
  else {
    reading.gtin = primary.padStart(14, '0')
    reading.raw = isComposite ? `${primary}|${reading.raw ?? ''}` : primary
  }
  return reading
}
