import { cardLimits, mailProblem, websiteProblem } from '#contract/card-rules.ts'
import type { CardImportField } from '#contract/import-kinds.ts'
import type { PostalAddress } from '#contract/wallet-passes.ts'
import { shorten } from '../shorten.ts'
import { cardFindings, type CardFinding, type CardFindingCode } from './card-findings.ts'

/** Column index of every mapped field, -1 for the others. */
export type CardColumns = Record<CardImportField, number>

/** The cells of one row by their fields, and what is found out about them. */
export class CardCells {
  readonly findings: CardFinding[] = []
  readonly #cells: readonly string[]
  readonly #columns: CardColumns

  constructor(cells: readonly string[], columns: CardColumns) {
    this.#cells = cells
    this.#columns = columns
  }

  add(field: CardImportField, code: CardFindingCode, message: string, suggestion?: string): void {
    const index = this.#columns[field]
    const { severity } = cardFindings[code]
    const finding = { index, code, severity, message, value: this.#cells[index] ?? null }
    this.findings.push(suggestion === undefined ? finding : { ...finding, suggestion })
  }

  /** What stands in the field; `''` where nothing does. */
  cell(field: CardImportField): string {
    // NUL is no text on PostgreSQL.
    return (this.#cells[this.#columns[field]] ?? '').replaceAll('\0', '').trim()
  }

  /** The text of a field, up to its own limit. */
  text(field: CardImportField & keyof typeof cardLimits): string | undefined {
    return this.limited(field, cardLimits[field])
  }

  limited(field: CardImportField, limit: number): string | undefined {
    const text = this.cell(field)
    if (text.length > limit) {
      const message = `This has ${text.length} characters; ${limit} are allowed. Shorten it.`
      this.add(field, 'text_too_long', message, shorten(text, limit))
    }
    return text === '' ? undefined : text
  }

  mail(field: CardImportField): string | undefined {
    const value = this.limited(field, cardLimits.entry)
    const problem = value === undefined ? undefined : mailProblem(value)
    if (value === undefined || problem === undefined) return value
    // As programs copy it: `mailto:` before it, a name around it, blanks in it.
    const bare = (/<([^<>]+)>/.exec(value)?.[1] ?? value).replace(/^mailto:/i, '').replace(/\s+/g, '')
    this.add(field, 'mail_invalid', problem, mailProblem(bare) === undefined ? bare : undefined)
    return value
  }

  website(): string | undefined {
    const address = this.text('website')
    const problem = address === undefined ? undefined : websiteProblem(address)
    if (address === undefined || problem === undefined) return address
    const whole = `https://${address.replace(/^\/+/, '')}`
    const suggestion = /^[^\s:]+\.[^\s:]+$/.test(address) && URL.canParse(whole) ? whole : undefined
    this.add('website', 'website_invalid', problem, suggestion)
    return address
  }

  address(): PostalAddress | undefined {
    const address = this.texts('street', 'city', 'region', 'postal_code', 'country')
    return Object.keys(address).length === 0 ? undefined : address
  }

  /** The fields that hold something. */
  texts<F extends CardImportField & keyof typeof cardLimits>(...fields: F[]): { [K in F]?: string } {
    const found = fields.flatMap((field) => {
      const text = this.text(field)
      return text === undefined ? [] : [[field, text] as const]
    })
    return Object.fromEntries(found) as { [K in F]?: string }
  }
}
