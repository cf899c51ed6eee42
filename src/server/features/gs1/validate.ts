import type { Gs1Element, Gs1Finding, Gs1Options, Gs1Result } from '#contract/gs1.ts'
import { checkAssociations } from './associations.ts'
import { compressDigitalLink } from './compress.ts'
import type { Dictionary } from './dictionary.ts'
import { displayValue } from './display.ts'
import { findingOf } from './findings.ts'
import { normaliseGtin } from './gtin.ts'
import { linkPartsOf, writeDigitalLink } from './make-digital-link.ts'
import { readCarrier, type AskedKind } from './read-carrier.ts'
import type { ReadElement, Reading } from './reading.ts'
export { readBuiltInDictionary } from './load-dictionary.ts'
import { withoutDuplicates, writeBracketed, writeHri, writeUnbracketed } from './write-forms.ts'

/** ValidateGs1, and with the kind of input where the caller knows it. */
export type Gs1Engine = (
  input: string | readonly string[],
  options?: Gs1Options,
  kind?: AskedKind,
) => Gs1Result

/** The engine over one table. Two-digit years are reckoned from `options.today`, else from the machine's day. */
export function makeGs1Engine(dictionary: Dictionary): Gs1Engine {
  return (input, options = {}, kind = 'auto') => judge(dictionary, input, options, kind)
}

/**
 * Never throws, whatever the text: what is wrong is in `errors`, and what could be read is there all the same.
 */
function judge(
  dictionary: Dictionary,
  input: string | readonly string[],
  options: Gs1Options,
  kind: AskedKind,
): Gs1Result {
  const context = { dictionary, options }
  const inputs = typeof input === 'string' ? [input] : input
  const readings = inputs.map((one) => readCarrier(one, kind, context))
  const first = readings[0]
  const all = readings.flatMap(({ elements }) => elements)
  const errors = readings.flatMap(({ problems }, carrier) =>
    problems.map((problem) => findingOf(problem, carrier)),
  )
  const warnings = readings.flatMap(({ notes }, carrier) => notes.map((note) => findingOf(note, carrier)))
  judgeTogether(readings, all, options, errors, warnings)
  const canLink = errors.every(({ code }) => code === 'required_ai')
  return {
    valid: errors.length === 0 && first !== undefined,
    kind: first?.kind ?? 'unknown',
    symbology: first?.symbology ?? null,
    gtin: gtinOf(readings, all),
    elements: elementsFor(readings, yearOf(options)),
    ...formsOf(readings, all, options, canLink),
    errors,
    warnings,
    ignored_parameters: readings.flatMap(({ ignored }) => ignored),
    dictionary_version: dictionary.version,
  }
}

function judgeTogether(
  readings: readonly Reading[],
  all: readonly ReadElement[],
  options: Gs1Options,
  errors: Gs1Finding[],
  warnings: Gs1Finding[],
): void {
  const { errors: wrong, requisites } = checkAssociations(all)
  // A key that stands in an EAN symbol is a GTIN, as if (01) were there.
  const carrierOf = (ai: string | undefined): number =>
    Math.max(
      0,
      readings.findIndex(({ elements }) => elements.some((one) => one.ai === ai)),
    )
  for (const problem of wrong) errors.push(findingOf(problem, carrierOf(problem.ai)))
  if (options.requisites === 'off') return
  const hasPlainGtin = readings.some(
    ({ gtin, elements }) => gtin !== undefined && !elements.some(({ ai }) => ai === '01'),
  )
  for (const problem of requisites) {
    if (hasPlainGtin && /(^|,)01(,|$)/.test(problem.detail ?? '')) continue
    const finding = findingOf(problem, carrierOf(problem.ai))
    if (options.requisites === 'warn') warnings.push(finding)
    else errors.push(finding)
  }
}

function formsOf(
  readings: readonly Reading[],
  all: readonly ReadElement[],
  options: Gs1Options,
  canLink: boolean,
) {
  const single = readings.length === 1 ? readings[0] : undefined
  const elements = single ? all : withoutDuplicates(all)
  const isEmpty = elements.length === 0
  const parts = canLink && !isEmpty ? linkPartsOf(elements) : undefined
  const stem = options.digital_link_stem
  // Shortening a link keeps it the same link: its own domain, and what else its query holds.
  const own = single?.stem === undefined ? undefined : { stem: single.stem, others: single.ignored }
  return {
    element_string: isEmpty ? null : writeBracketed(elements),
    unbracketed: single?.raw ?? (isEmpty ? null : writeUnbracketed(elements)),
    digital_link: parts ? writeDigitalLink(parts, stem) : null,
    digital_link_compressed: parts ? compressDigitalLink(parts, stem ?? own?.stem, own?.others) : null,
    hri: writeHri(elements),
  }
}

function elementsFor(readings: readonly Reading[], year: number): Gs1Element[] {
  return readings.flatMap(({ elements }, carrier) =>
    elements.map((element) => ({
      ai: element.ai,
      title: element.entry?.title ?? '',
      value: element.value,
      display: displayValue(element, year),
      carrier,
    })),
  )
}

function yearOf({ today }: Gs1Options): number {
  return today === undefined ? new Date().getUTCFullYear() : Number(today.slice(0, 4))
}

/** The item itself, then what it is a piece of, then what it holds. Undefined digits are none: a wrong one is no GTIN. */
function gtinOf(readings: readonly Reading[], all: readonly ReadElement[]): string | null {
  const plain = readings.find(({ gtin }) => gtin !== undefined)?.gtin
  for (const ai of ['01', '8006', '03', '02']) {
    const value = all.find((one) => one.ai === ai)?.value.slice(0, 14)
    const gtin = value?.length === 14 ? normaliseGtin(value) : undefined
    if (gtin !== undefined) return gtin
    if (ai === '01' && plain !== undefined) return plain
  }
  return null
}
