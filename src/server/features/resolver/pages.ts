import type { PublicNotice } from './notices-store.ts'
import { framePage, markup, webAddress, type Markup } from './page-frame.ts'
import type { ScannedItem, ShownPage } from './resolver-parts.ts'
import { answerPrefix } from './digital-link-request.ts'
import type { ItemLink } from './item-links.ts'

/** How what was scanned stands to the recall; `outside` for units that are not listed. */
export type NoticeVerdict = 'recalled' | 'possible' | 'outside'

const mockWord = markup`<p class="mock">This is an exercise. No product is recalled.</p>`

/** A notice whole. `onward` is where the product's own page is, for those who want to see it all the same. */
export function noticePage(
  notice: PublicNotice,
  item: ScannedItem | undefined,
  more: { verdict?: NoticeVerdict; onward?: string } = {},
): ShownPage {
  const { title, reason, hazard, instructions, contact, issuer, number, classification } = notice.notice
  const url = webAddress(notice.notice.url)
  const body = markup` ${notice.isMock ? mockWord : undefined} ${headline(notice, more.verdict)}
    <h1>${title}</h1>
    ${section('What to do', instructions)} ${section('Danger', hazard)}
    ${section('Why it is recalled', reason)} ${section('Whom to ask', contact)}
    ${
      item
        ? markup`<h2>What you scanned</h2>
            <dl>${itemRows(item)}</dl>`
        : undefined
    }
    <h2>About this notice</h2>
    <dl>
      ${rows([
        ['Issued by', issuer],
        ['Number', number],
        ['Class', classification],
        ['Announced', notice.notice.announced_on ?? dayOf(notice.activatedAt)],
        ['Last changed', dayOf(notice.updatedAt)],
      ])}
    </dl>
    ${url ? markup`<p><a href="${url}" rel="noreferrer">The notice in full</a></p>` : undefined}
    ${more.onward ? markup`<a class="button" href="${more.onward}">Go on to the product</a>` : undefined}`
  return framePage(title, body)
}

function headline({ status, closedAt, isMock }: PublicNotice, verdict: NoticeVerdict = 'recalled'): Markup {
  if (status === 'closed') {
    const day = dayOf(closedAt) ?? 'an earlier day'
    return markup`<p class="alert outside">This recall was closed on ${day}.</p>`
  }
  if (isMock) return markup`<p class="alert outside">${exerciseWords[verdict]}</p>`
  return markup`<p class="alert ${verdict}">${verdictWords[verdict]}</p>`
}

const verdictWords = {
  recalled: 'Recalled. Do not use this product.',
  possible: 'This product may be recalled. Compare it with the notice.',
  outside: 'Other units of this product are recalled. Yours is not listed here now.',
} as const
/** What nobody must take for a real recall. */
const exerciseWords = {
  recalled: 'In the exercise, this product counts as recalled.',
  possible: 'In the exercise, this product may count as recalled.',
  outside: 'In the exercise, other units of this product count as recalled.',
} as const

function section(title: string, text: string | null | undefined): Markup | undefined {
  return text
    ? markup`<h2>${title}</h2>
        <p class="told">${text}</p>`
    : undefined
}

function rows(pairs: readonly (readonly [string, string | null | undefined])[]): Markup[] {
  return pairs.flatMap(([name, value]) =>
    value
      ? [
          markup`<dt>${name}</dt>
            <dd>${value}</dd>`,
        ]
      : [],
  )
}

function itemRows({ gtin, lot, serial, days }: ScannedItem): Markup[] {
  return rows([
    ['GTIN', gtin],
    ['Lot', lot],
    ['Serial number', serial],
    ...Object.entries(days).map(([kind, day]) => [fieldWords[kind]?.label ?? kind, day] as const),
  ])
}

function dayOf(time: string | null): string | undefined {
  return time?.slice(0, 10)
}

const fieldWords: Record<string, { label: string; type: 'text' | 'date' }> = {
  lot: { label: 'Lot number', type: 'text' },
  serial: { label: 'Serial number', type: 'text' },
  expiry: { label: 'Expiry date', type: 'date' },
  best_before: { label: 'Best before', type: 'date' },
  production: { label: 'Production date', type: 'date' },
  packaging: { label: 'Packaging date', type: 'date' },
  sell_by: { label: 'Sell by', type: 'date' },
}

export interface CheckQuestion {
  name: string
  notice: PublicNotice
  missing: readonly string[]
  /** What was answered before, and is no GS1 data. */
  wrong: ReadonlyMap<string, string> | undefined
  /** Where the form goes: the item's own path. */
  action: string
  noticeHref: string
}

/** Some units of the product are recalled, and the code does not say which one this is. */
export function checkPage({ name, notice, missing, wrong, action, noticeHref }: CheckQuestion): ShownPage {
  const fields = missing.filter((one) => Object.hasOwn(fieldWords, one))
  const body = markup` ${notice.isMock ? mockWord : undefined}
    <p class="alert possible">Some units of this product are recalled.</p>
    <h1>${name}: is it yours?</h1>
    <p>The code you scanned does not say enough. Look on the pack and type in what stands there.</p>
    ${wrong ? markup`<p role="alert"><strong>That cannot be right. Please compare it with the pack.</strong></p>` : undefined}
    <form method="get" action="${action}">
      ${fields.map((field) => fieldMarkup(field, wrong?.get(field), fields.length === 1))}
      <button class="button">Check</button>
    </form>
    <p>If you cannot find it, do not use the product and <a href="${noticeHref}">read the notice</a>.</p>`
  return framePage(`${name}: is it recalled?`, body)
}

/** Of several, any one may settle it. */
function fieldMarkup(field: string, value: string | undefined, isOnly: boolean): Markup {
  const { label, type } = fieldWords[field]!
  const name = answerPrefix + field
  const limit = type === 'text' ? markup` maxlength="20" autocapitalize="off" spellcheck="false"` : undefined
  const required = isOnly ? markup` required` : undefined
  return markup`<label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      value="${value ?? ''}"
      autocomplete="off"
      ${limit}${required}
    />`
}

/** The word on top of a passport's page, as markup to put before everything else. */
export function bannerMarkup(
  notice: PublicNotice,
  kind: NoticeVerdict,
  more: { noticeHref: string; checkedOn: string; onward?: string | undefined },
): string {
  const words = {
    recalled: 'This product is recalled. Do not use it.',
    possible: 'Some units of this product are recalled. This may be one of them.',
    outside: `Some units of this product are recalled. Yours is not listed as of ${more.checkedOn}.`,
  }
  const onward = more.onward ? markup` <a href="${more.onward}">Go on to the product</a>` : undefined
  const [tone, text] = notice.isMock
    ? ['outside', `This is an exercise. ${exerciseWords[kind]}`]
    : [kind, words[kind]]
  return markup`<p class="alert ${tone}" role="alert">
    ${text} <a href="${more.noticeHref}">${notice.notice.title}</a>${onward}
  </p>`.source
}

/** Several links are equally good: the person chooses. */
export function choicesPage(name: string, links: readonly ItemLink[]): ShownPage {
  const body = markup`<h1>${name}</h1>
    ${links.map(({ href, title }) => markup`<a class="button" href="${href}">${title}</a>`)}`
  return framePage(name, body)
}

/** A sentence why nothing comes of a code. */
export function problemPage(title: string, text: string): ShownPage {
  return framePage(
    title,
    markup`<h1>${title}</h1>
      <p>${text}</p>`,
  )
}
