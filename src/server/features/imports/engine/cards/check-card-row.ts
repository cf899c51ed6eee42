import { cardLimits, localeProblem } from '#contract/card-rules.ts'
import type { CardLook, ContactCard } from '#contract/wallet-passes.ts'
import { fitsCode } from '#codes/qr/fits-code.ts'
import { shorten } from '../shorten.ts'
import { CardCells, type CardColumns } from './card-cells.ts'
import type { CardFinding } from './card-findings.ts'
import type { CardValues } from './card-values.ts'
import { readContact } from './read-contact.ts'
import { readEvent } from './read-event.ts'

export interface CheckedCard {
  values: CardValues
  /** Everything that can be told from the row alone: duplicates are the caller's. */
  findings: CardFinding[]
}

/** Judges the cells of a row of cards. */
export function checkCardRow(cells: readonly string[], columns: CardColumns): CheckedCard {
  const row = new CardCells(cells, columns)
  const kind = readKind(row)
  const contact = kind === 'contact' ? readContact(row) : null
  const event = kind === 'event' ? readEvent(row) : null
  const title = readTitle(row, contact ?? {})
  const codeText = readCodeText(row)
  const locale = readLocale(row)
  const values = {
    ...row.texts('subtitle'),
    ...(codeText !== undefined && { code_text: codeText }),
    ...(locale !== undefined && { locale }),
    kind,
    title,
    contact,
    event,
    look: readLook(row),
  }
  return { values, findings: row.findings }
}

const kinds: Record<string, CardValues['kind']> = {
  contact: 'contact',
  person: 'contact',
  company: 'contact',
  vcard: 'contact',
  kontakt: 'contact',
  event: 'event',
  appointment: 'event',
  termin: 'event',
  veranstaltung: 'event',
}

/** An event says so, or has a start; everything else is a contact. */
function readKind(row: CardCells): CardValues['kind'] {
  const word = row.cell('kind').toLowerCase()
  if (word === '') return row.cell('starts_at') === '' ? 'contact' : 'event'
  const kind = kinds[word]
  if (kind === undefined) row.add('kind', 'kind_invalid', 'Write contact or event, or leave this empty.')
  return kind ?? 'contact'
}

/** The name at the head of the card: its own column, else the person's, else the company's. */
function readTitle(row: CardCells, contact: ContactCard): string {
  const own = row.text('title')
  if (own !== undefined) return own
  const { prefix, given_name, family_name, suffix, organization } = contact
  const name = [prefix, given_name, family_name, suffix].filter(Boolean).join(' ')
  const title = shorten(name || (organization ?? ''), cardLimits.title)
  if (title === '') {
    const message = 'This row has no name. Fill in a name, a first and last name, or a company.'
    row.add('title', 'title_missing', message)
  }
  return title
}

function readCodeText(row: CardCells): string | undefined {
  const text = row.text('code_text')
  if (text === undefined || text.length > cardLimits.code_text || fitsCode(text)) return text
  const message =
    'This is more than a code can hold. Shorten it, or leave it empty for a code of the card itself.'
  row.add('code_text', 'code_too_long', message)
  return text
}

function readLocale(row: CardCells): string | undefined {
  const tag = row.text('locale')
  const problem = tag === undefined ? undefined : localeProblem(tag)
  if (tag === undefined || problem === undefined) return tag
  const tidy = tag.replaceAll('_', '-').replace(/^[A-Za-z]+/, (word) => word.toLowerCase())
  row.add('locale', 'locale_invalid', problem, localeProblem(tidy) === undefined ? tidy : undefined)
  return tag
}

function readLook(row: CardCells): CardLook {
  const look: CardLook = {}
  for (const field of ['background', 'foreground', 'label'] as const) {
    const text = row.cell(field)
    if (text === '') continue
    const [, short, long] = /^#?(?:([0-9a-f]{3})|([0-9a-f]{6}))$/i.exec(text) ?? []
    const whole = long ?? short?.replace(/./g, '$&$&')
    if (whole !== undefined && text === `#${whole}`) look[field] = text
    else {
      const message = 'Write a colour as # and six digits, such as #1f6feb.'
      row.add(field, 'colour_invalid', message, whole && `#${whole}`)
    }
  }
  return look
}
