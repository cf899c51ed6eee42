import type { Gs1Result } from '#contract/gs1.ts'

/** Reads GTIN, lot and serial out of a plain Digital Link, and nothing else: for tests that need no more. */
export function readDigitalLink(input: string | readonly string[]): Gs1Result {
  const path = /^https:\/\/[^/]+\/01\/(\d{14})(?:\/10\/([^/]+))?(?:\/21\/([^/]+))?$/.exec(String(input))
  const [, gtin = null, lot, serial] = path ?? []
  const element = (ai: string, value: string) => ({ ai, title: ai, value, display: value, carrier: 0 })
  return {
    valid: gtin !== null,
    kind: gtin === null ? 'unknown' : 'digital_link',
    symbology: null,
    gtin,
    elements: [
      ...(gtin === null ? [] : [element('01', gtin)]),
      ...(lot === undefined ? [] : [element('10', lot)]),
      ...(serial === undefined ? [] : [element('21', serial)]),
    ],
    element_string: null,
    unbracketed: null,
    digital_link: null,
    digital_link_compressed: null,
    hri: [],
    errors: [],
    warnings: [],
    ignored_parameters: [],
    dictionary_version: 'test',
  }
}
