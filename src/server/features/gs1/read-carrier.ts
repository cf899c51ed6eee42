import { detectForm, type Detected, type Form } from './detect.ts'
import { expandUpcE, gtinFlaw } from './gtin.ts'
import { readBracketed } from './read-bracketed.ts'
import { readDigitalLink } from './read-digital-link.ts'
import { readElementString } from './read-element-string.ts'
import { readScan } from './read-scan.ts'
import { emptyReading, lookUp, type ReadContext, type Reading } from './reading.ts'

/** What the caller says an input is; `auto` where its looks tell. */
export type AskedKind = 'auto' | 'bracketed' | 'element_string' | 'scan' | 'digital_link' | 'gtin'

const formOf: Record<Exclude<AskedKind, 'auto'>, Form> = {
  bracketed: 'bracketed',
  element_string: 'data',
  scan: 'scan',
  digital_link: 'digital_link',
  gtin: 'gtin',
}

/** One carrier, read as what it is. Never throws, whatever the text. */
export function readCarrier(input: string, kind: AskedKind, context: ReadContext): Reading {
  const detected = kind === 'auto' ? detectForm(input) : asAsked(input, formOf[kind])
  const { text, offset } = detected
  switch (detected.form) {
    case 'bracketed':
      return readBracketed(text, context)
    case 'scan':
      return readScan(text, context, offset)
    case 'digital_link':
      return readDigitalLink(text, context)
    case 'data':
      return readElementString(text, context, 'element_string', offset)
    case 'gtin':
      return readGtin(text, context, offset)
    case 'digits':
      return readDigits(text, context, offset)
    case 'unknown':
      break
  }
  return unrecognised(input)
}

function unrecognised(input: string): Reading {
  const reading = emptyReading('unknown')
  reading.problems.push({ code: 'unrecognised', position: 0, length: input.length })
  return reading
}

function asAsked(input: string, form: Form): Detected {
  // Where FNC1 is written `^` nothing else stands for it, and what else is there is the value's.
  if (form === 'data' && input.startsWith('^')) return { form, text: input, offset: 0 }
  const detected = detectForm(input)
  if (detected.form === form) return detected
  if (form === 'data' && !input.startsWith('^')) return { form, text: `^${input}`, offset: -1 }
  return { form, text: input, offset: 0 }
}

function readGtin(text: string, context: ReadContext, offset = 0): Reading {
  const reading = emptyReading('gtin')
  const flaw = gtinFlaw(text)
  const upcA = flaw && text.length !== 12 ? expandUpcE(text) : undefined
  if (upcA !== undefined && text.length === 8) {
    reading.notes.push({ code: 'upc_e_expanded', detail: upcA })
    return withGtin(reading, upcA, undefined, context)
  }
  if (flaw) {
    reading.problems.push({ code: flaw.code, ai: '01', flaw, position: offset + flaw.at })
    const entry = lookUp(context, '01')
    reading.elements.push({ ai: '01', entry, value: text, position: offset })
    return reading
  }
  const expanded = expandUpcE(text)
  if (expanded !== undefined) reading.notes.push({ code: 'upc_e', detail: expanded })
  if (text.length !== 13 && isElementString(text, context)) reading.notes.push({ code: 'ambiguous' })
  return withGtin(reading, text, offset, context)
}

function withGtin(
  reading: Reading,
  text: string,
  position: number | undefined,
  context: ReadContext,
): Reading {
  const value = text.padStart(14, '0')
  const element = {
    ai: '01',
    entry: lookUp(context, '01'),
    value,
    position: value === text ? position : undefined,
  }
  return { ...reading, gtin: value, elements: [element] }
}

function isElementString(digits: string, context: ReadContext): boolean {
  return readElementString(`^${digits}`, context).problems.length === 0
}

/** Digits of no GTIN’s length: identifiers, if they can be read so; else a short UPC-E; else a wrong GTIN. */
function readDigits(text: string, context: ReadContext, offset = 0): Reading {
  const reading = readElementString(`^${text}`, context, 'element_string', offset - 1)
  if (reading.problems.length === 0 || text.length > 14) return reading
  const wrong = readGtin(text, context, offset)
  const expanded = expandUpcE(text)
  if (expanded !== undefined) wrong.notes.push({ code: 'upc_e', detail: expanded })
  return wrong
}
