import type { Gs1Result, ValidateGs1 } from '#contract/gs1.ts'
import type { ScannedItem } from './resolver-parts.ts'

/** A request for a Digital Link, taken apart. */
export interface DigitalLinkRequest {
  result: Gs1Result
  /** Undefined where the key names no trade item: a place, a parcel. */
  item: ScannedItem | undefined
  /** The normal form: `/01/09506000134376/10/ABC?17=270531`. */
  canonical: string
  /** Asked for in another form: compressed, with zeros left out, with other escapes. */
  isRewritten: boolean
  /** `gs1:instructions`, `linkset`, or what the asker wrote where it is no link type. */
  linkType: string | undefined
  /** What else stood in the query: it is handed on. */
  passedOn: URLSearchParams
  /** They come from the notice and want the product all the same. */
  hasSeenNotice: boolean
  /** What the form of the "check your lot" page sent. */
  answers: Map<string, string>
}

export interface BadDigitalLink {
  problem: string
}

/** Names of the form's fields begin so, to stay apart from what a brand prints in its links. */
export const answerPrefix = 'check_'
/** Set by the notice's own link to the product, so that it is not shown again. */
export const seenParameter = 'recall_seen'

const stem = 'https://id.gs1.org'
const dayKinds = {
  '11': 'production',
  '13': 'packaging',
  '15': 'best_before',
  '16': 'sell_by',
  '17': 'expiry',
} as const

/** Reads path and query as they came. A trailing slash is tolerated; what is no Digital Link has a sentence why. */
export function readDigitalLink(validate: ValidateGs1, url: string): DigitalLinkRequest | BadDigitalLink {
  const [path = '', ...rest] = url.split('?')
  const query = new URLSearchParams(rest.join('?'))
  const elements = [...query].filter(([name]) => /^\d{2,4}$/.test(name))
  const trimmed = path.replace(/\/+$/, '')
  const asked = elements.length === 0 ? trimmed : `${trimmed}?${new URLSearchParams(elements)}`
  const options = { requisites: 'off', zero_suppressed_gtin: true, digital_link_stem: stem } as const
  const result = validate(stem + asked, options)
  const link = result.valid && result.digital_link !== null ? URL.parse(result.digital_link) : null
  if (!link) return { problem: result.errors[0]?.message ?? 'It holds no GS1 key.' }
  return {
    result,
    item: itemOf(result),
    canonical: link.pathname + link.search,
    isRewritten: link.pathname !== trimmed,
    linkType: query.get('linkType') ?? query.get('linktype') ?? undefined,
    hasSeenNotice: query.has(seenParameter),
    passedOn: new URLSearchParams([...query].filter(([name]) => isPassedOn(name))),
    answers: answersOf(query),
  }
}

function isPassedOn(name: string): boolean {
  return !/^linktype$/i.test(name) && name !== seenParameter && !name.startsWith(answerPrefix)
}

function answersOf(query: URLSearchParams): Map<string, string> {
  const answers = new Map<string, string>()
  for (const [name, value] of query) {
    const text = value.trim()
    if (name.startsWith(answerPrefix) && text !== '') answers.set(name.slice(answerPrefix.length), text)
  }
  return answers
}

/** An item of several pieces (8006) is of the GTIN that its number begins with. */
function itemOf({ elements, gtin }: Gs1Result): ScannedItem | undefined {
  const values = new Map(elements.map(({ ai, value }) => [ai, value]))
  const number = gtin ?? values.get('8006')?.slice(0, 14)
  if (number === undefined) return undefined
  const days: ScannedItem['days'] = {}
  for (const { ai, display } of elements) {
    const kind = dayKinds[ai as keyof typeof dayKinds]
    if (kind !== undefined) days[kind] = display
  }
  return { gtin: number, lot: values.get('10') ?? null, serial: values.get('21') ?? null, days }
}

/** The path of the same item with what a person read on the pack, or undefined where that is no GS1 data. */
export function withAnswers(
  validate: ValidateGs1,
  item: ScannedItem,
  answers: ReadonlyMap<string, string>,
): string | undefined {
  const lot = answers.get('lot') ?? item.lot
  const serial = answers.get('serial') ?? item.serial
  const path = [
    `/01/${item.gtin}`,
    lot === null ? '' : `/10/${encodeURIComponent(lot)}`,
    serial === null ? '' : `/21/${encodeURIComponent(serial)}`,
  ]
  const query = new URLSearchParams()
  for (const [ai, kind] of Object.entries(dayKinds)) {
    const day = answers.get(kind) ?? item.days[kind]
    if (day === undefined) continue
    const digits = digitsOfDay(day)
    if (digits === undefined) return undefined
    query.set(ai, digits)
  }
  const read = readDigitalLink(validate, `${path.join('')}?${query}`)
  return 'problem' in read ? undefined : read.canonical
}

/** `2027-05-31` → `270531`, `2027-05` → `270500`; undefined for what is no day. */
function digitsOfDay(day: string): string | undefined {
  const [, year, month, date = '00'] = /^\d\d(\d\d)-(\d\d)(?:-(\d\d))?$/.exec(day) ?? []
  return year === undefined ? undefined : `${year}${month}${date}`
}
