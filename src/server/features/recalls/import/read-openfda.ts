import { gtinsIn, lineFrom } from './find-in-text.ts'
import { clip, dayOf, textOf, type Fields, type NoticeDraft } from './notice-draft.ts'

/** Whether a record is one of openFDA's enforcement reports. */
export function isOpenFda(fields: Fields): boolean {
  return 'recall_number' in fields && ('code_info' in fields || 'reason_for_recall' in fields)
}

/** openFDA enforcement report: lots and UPCs are free text, in `code_info` and in the description. */
export function readOpenFda(
  fields: Fields,
  place: string,
  normalise: (digits: string) => string | undefined,
): NoticeDraft {
  const description = textOf(fields, 'product_description')
  const codes = [textOf(fields, 'code_info'), textOf(fields, 'more_code_info')].filter(Boolean).join(' ')
  const more = textOf((fields['openfda'] as Fields | undefined) ?? {}, 'upc')
  const gtins = gtinsIn(`${more} ; ${codes} ; ${description}`, normalise)
  const line = lineFrom(gtins, codes, codes)
  return {
    place,
    notice: {
      title: clip(description, 300) ?? textOf(fields, 'recall_number'),
      reason: clip(textOf(fields, 'reason_for_recall'), 5_000),
      classification: clip(textOf(fields, 'classification'), 60),
      issuer: clip(textOf(fields, 'recalling_firm'), 200),
      number: clip(textOf(fields, 'recall_number'), 80),
      announced_on: dayOf(textOf(fields, 'recall_initiation_date', 'report_date')),
      countries: ['US'],
      original_text: clip(
        [description, codes, textOf(fields, 'product_quantity')].filter(Boolean).join('\n\n'),
        40_000,
      ),
    },
    lines: line ? [line] : [],
  }
}
