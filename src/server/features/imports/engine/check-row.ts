import { checkDestination } from '#contract/destinations.ts'
import type { LinkImportField } from '#contract/import-kinds.ts'
import type { ReservedMatcher } from '#contract/reserved-slugs.ts'
import { canonicalSlug, slugProblem, suggestSlug } from '#contract/slugs.ts'
import { MAX_TAG_LENGTH, MAX_TAGS, readBoolean, readDate, readTags, textLimits } from './cell-values.ts'
import { type FindingCode, type Severity, severityOf } from './finding-codes.ts'
import { shorten } from './shorten.ts'

/** What the file says about a link, in canonical form; null for an empty or absent cell. */
export interface RowValues {
  slug: string | null
  destination_url: string | null
  title: string | null
  campaign: string | null
  tags: string[] | null
  notes: string | null
  is_active: boolean | null
  starts_at: string | null
  expires_at: string | null
}

/** A finding before it knows its row; `index` is the column, -1 for the row as a whole. */
export interface CellFinding<Code extends string = FindingCode> {
  index: number
  code: Code
  severity: Severity
  message: string
  value: string | null
  suggestion?: string
  first_row?: number
}

export interface CheckOptions {
  /** Column index of every mapped field, -1 for the others. */
  fields: Record<LinkImportField, number>
  reserved: ReservedMatcher
  ownHosts: readonly string[]
  /** `2026-11-23T09:30:00.000000Z` */
  now: string
}

export interface CheckedRow {
  values: RowValues
  /** Everything that can be told from the row alone: duplicates are the caller's. */
  findings: CellFinding[]
}

/** The one place that judges a row. The byte checks only skip rows of which this would say nothing. */
export function checkRow(cells: readonly string[], options: CheckOptions): CheckedRow {
  const check = new RowCheck(cells, options)
  const values: RowValues = {
    slug: check.slug(),
    destination_url: check.destination(),
    title: check.text('title'),
    campaign: check.text('campaign'),
    tags: check.tags(),
    notes: check.text('notes'),
    is_active: check.active(),
    starts_at: check.date('starts_at'),
    expires_at: check.date('expires_at'),
  }
  check.span(values)
  return { values, findings: check.findings }
}

class RowCheck {
  readonly findings: CellFinding[] = []
  readonly #cells: readonly string[]
  readonly #options: CheckOptions

  constructor(cells: readonly string[], options: CheckOptions) {
    this.#cells = cells
    this.#options = options
  }

  #cell(field: LinkImportField): string {
    return (this.#cells[this.#options.fields[field]] ?? '').trim()
  }

  #add(field: LinkImportField, code: FindingCode, message: string, suggestion?: string): void {
    const index = this.#options.fields[field]
    const finding = { index, code, severity: severityOf(code), message, value: this.#cells[index] ?? null }
    this.findings.push(suggestion === undefined ? finding : { ...finding, suggestion })
  }

  slug(): string | null {
    const raw = this.#cell('slug')
    if (raw === '') return null
    const problem = slugProblem(raw)
    if (problem !== null) {
      const suggestion = problem.suggestion ?? this.#slugFromRow()
      this.#add('slug', problem.code, problem.message, suggestion === '' ? undefined : suggestion)
      return null
    }
    const slug = canonicalSlug(raw)
    const reserved = this.#options.reserved.exact(slug)
    if (reserved !== undefined) {
      const message = `"${slug}" is reserved: it is ${reserved.reason}. Choose another slug.`
      this.#add('slug', 'slug_reserved', message, suggestSlug(`${slug.slice(0, 58)} link`))
      return null
    }
    if (slug !== raw) this.#add('slug', 'slug_normalized', `This slug will be saved as "${slug}".`, slug)
    const like = this.#options.reserved.lookalike(slug)
    if (like !== undefined) {
      this.#add('slug', 'slug_like_reserved', `"${slug}" looks like the reserved word "${like.slug}".`)
    }
    return slug
  }

  #slugFromRow(): string {
    return suggestSlug(this.#cell('title'))
  }

  destination(): string | null {
    const raw = this.#cell('destination_url')
    const findings = checkDestination(raw, { ownHosts: this.#options.ownHosts })
    for (const { code, message, suggestion } of findings) {
      this.#add('destination_url', code as FindingCode, message, suggestion)
    }
    return findings.some(({ severity }) => severity === 'error') ? null : raw
  }

  text(field: 'title' | 'campaign' | 'notes'): string | null {
    const text = this.#cell(field)
    const limit = textLimits[field]
    if (text.length > limit) {
      const message = `This has ${text.length} characters; ${limit} are allowed. Shorten it.`
      this.#add(field, 'text_too_long', message, shorten(text, limit))
    }
    return text === '' ? null : text
  }

  tags(): string[] | null {
    const text = this.#cell('tags')
    if (text === '') return null
    const tags = readTags(text)
    const long = tags.find((tag) => tag.length > MAX_TAG_LENGTH)
    if (long !== undefined) {
      const message = `The tag "${shorten(long, 20)}…" is too long: a tag has at most ${MAX_TAG_LENGTH} characters.`
      this.#add('tags', 'tag_too_long', message, tags.map((tag) => shorten(tag, MAX_TAG_LENGTH)).join(', '))
    }
    if (tags.length > MAX_TAGS) {
      this.#add('tags', 'too_many_tags', `This row has ${tags.length} tags; a link has at most ${MAX_TAGS}.`)
    }
    return tags.length === 0 ? null : tags
  }

  active(): boolean | null {
    const text = this.#cell('is_active')
    if (text === '') return null
    const value = readBoolean(text)
    if (value === undefined) {
      this.#add(
        'is_active',
        'boolean_invalid',
        'Write yes or no (true, false, 1, 0, active and paused work too).',
      )
    }
    return value ?? null
  }

  date(field: 'starts_at' | 'expires_at'): string | null {
    const text = this.#cell(field)
    if (text === '') return null
    const reading = readDate(text)
    if ('at' in reading) return reading.at
    const message =
      reading.code === 'date_invalid'
        ? 'This is not a date. Write year, month and day, such as 2026-12-31.'
        : 'The order of day and month is not certain. Write year, month and day, such as 2026-12-31.'
    this.#add(field, reading.code, message, reading.suggestion)
    return null
  }

  span({ starts_at: start, expires_at: end }: RowValues): void {
    if (end === null) return
    if (start !== null && end <= start) {
      this.#add(
        'expires_at',
        'expires_before_start',
        'The link would expire before it starts. Change one of the dates.',
      )
    } else if (end <= this.#options.now) {
      this.#add(
        'expires_at',
        'expires_in_past',
        'This date has passed: the link will be expired from the start.',
      )
    }
  }
}
