import { gtinsIn, lineFrom } from './find-in-text.ts'
import { clip, dayOf, textOf, type Fields, type NoticeDraft } from './notice-draft.ts'

/** Whether a record is one of the recalls of the US Consumer Product Safety Commission. */
export function isCpsc(fields: Fields): boolean {
  return 'RecallNumber' in fields && ('Products' in fields || 'ProductUPCs' in fields)
}

/** CPSC goes by product and UPC, hardly ever by lot; it warns itself that its UPCs are not complete. */
export function readCpsc(
  fields: Fields,
  place: string,
  normalise: (digits: string) => string | undefined,
): NoticeDraft {
  const description = textOf(fields, 'Description')
  const upcs = textOf(fields, 'ProductUPCs')
  const gtins = gtinsIn(`${upcs} ; ${description}`, normalise)
  const line = lineFrom(gtins, '', [upcs, description].filter(Boolean).join('\n'))
  return {
    place,
    notice: {
      title: clip(textOf(fields, 'Title', 'Description'), 300) ?? textOf(fields, 'RecallNumber'),
      reason: clip(textOf(fields, 'Hazards'), 5_000),
      hazard: clip(textOf(fields, 'Hazards'), 2_000),
      instructions: clip(textOf(fields, 'Remedies', 'RemedyOptions'), 5_000),
      contact: clip(textOf(fields, 'ConsumerContact'), 1_000),
      issuer: clip(textOf(fields, 'Manufacturers', 'Importers', 'Distributors'), 200),
      number: clip(textOf(fields, 'RecallNumber'), 80),
      url: webAddress(textOf(fields, 'URL')),
      announced_on: dayOf(textOf(fields, 'RecallDate')),
      countries: ['US'],
      original_text: clip([description, textOf(fields, 'Products')].filter(Boolean).join('\n\n'), 40_000),
    },
    lines: line ? [line] : [],
  }
}

export function webAddress(text: string): string | null {
  return /^https?:\/\//.test(text) && URL.canParse(text) ? clip(text, 2_048) : null
}
