import type { ProductPassport } from '#contract/product-passports.ts'
import { preferredType } from './accept.ts'
import { answerJson, answerPage, answerRedirect, type Answer, type Freshness } from './answer.ts'
import { seenParameter, type DigitalLinkRequest } from './digital-link-request.ts'
import { handOn, linksOfType, type ItemLink, type LinkLevel } from './item-links.ts'
import { pickByLanguage } from './languages.ts'
import { asksForLinkset, defaultLink, normaliseLinkType, ownLinkTypes, recallStatus } from './link-types.ts'
import { makeLinkset } from './linkset.ts'
import type { PublicNotice } from './notices-store.ts'
import { bannerMarkup, checkPage, choicesPage, noticePage, problemPage } from './pages.ts'
import type { RecallDecision } from './recall-decision.ts'
import type { ResolverParts, ScannedItem } from './resolver-parts.ts'
import type { ResolverRequest } from './resolve.ts'

/** Everything that was found out about a code, before it is decided what to show. */
export interface Resolution {
  request: ResolverRequest
  link: DigitalLinkRequest
  item: ScannedItem
  passport: ProductPassport
  levels: LinkLevel[]
  recall: { decision: Exclude<RecallDecision, { kind: 'none' }>; notice: PublicNotice } | undefined
  now: number
}

const linksetType = 'application/linkset+json'

/** The answer for an item that is known. */
export function showItem(parts: Pick<ResolverParts, 'passportPage'>, resolution: Resolution): Answer {
  const { link, request } = resolution
  const wanted = preferredType(request.headers.accept, ['text/html', linksetType, 'application/json'])
  const isPlain = link.linkType === undefined
  if (asksForLinkset(link.linkType) || (isPlain && wanted !== 'text/html' && wanted !== undefined)) {
    const type = wanted === 'application/json' ? 'application/json' : linksetType
    return answerJson(200, type, linksetOf(resolution), freshnessOf(resolution))
  }
  const type = link.linkType === undefined ? defaultLink : normaliseLinkType(link.linkType)
  if (type === recallStatus) return answerStatus(resolution)
  return stopAtRecall(resolution) ?? follow(parts, resolution, type)
}

/** A recall that stands before whatever was asked for; undefined for one that has a word on top of the page. */
function stopAtRecall(resolution: Resolution): Answer | undefined {
  const { recall, item, link, request, passport } = resolution
  if (!recall) return undefined
  const { decision, notice } = recall
  if (decision.kind === 'redirect') return answerRedirect(307, noticeHref(resolution), 'no-store')
  if (decision.kind === 'interstitial') {
    if (link.hasSeenNotice) return undefined
    const onward = withParameter(request, seenParameter)
    return answerPage(200, noticePage(notice, item, { verdict: decision.verdict, onward }), 'no-store')
  }
  if (decision.kind !== 'check') return undefined
  const { missing } = decision
  const wrong = link.answers.size > 0 ? link.answers : undefined
  const question = { name: passport.name, notice, missing, wrong, noticeHref: noticeHref(resolution) }
  return answerPage(wrong ? 422 : 200, checkPage({ ...question, action: link.canonical }), 'no-store')
}

/** To the links of a type: the one that suits, all that suit equally well, or our own page. */
function follow(parts: Pick<ResolverParts, 'passportPage'>, resolution: Resolution, type: string): Answer {
  const { levels, link, passport, recall, request } = resolution
  const links = pickByLanguage(linksOfType(levels, type), request.headers['accept-language'])
  const [first] = links
  if (!first) {
    const text = 'There is no link of the type that was asked for.'
    return answerPage(404, problemPage('There is no such link', text), freshnessOf(resolution))
  }
  if (links.length > 1 && type !== defaultLink) return answerChoices(resolution, links)
  const isOwnPage = isOwn(first, resolution)
  const onward = isOwnPage ? undefined : handOn(first.href, link.passedOn)
  // A recall's word can stand on our page only; a program that asks for one kind of link reads none.
  const isOutside = recall?.decision.kind === 'outside' && type !== defaultLink
  if (onward !== undefined && (!recall || isOutside)) {
    return answerRedirect(307, onward, freshnessOf(resolution))
  }
  const banner = recall ? bannerOf(resolution, onward) : ''
  return answerPage(200, parts.passportPage(passport, banner), freshnessOf(resolution))
}

function bannerOf(resolution: Resolution, onward: string | undefined): string {
  const { recall, now } = resolution
  if (!recall) return ''
  const { decision, notice } = recall
  const kind = 'verdict' in decision ? decision.verdict : decision.kind === 'check' ? 'possible' : 'outside'
  const checkedOn = new Date(now).toISOString().slice(0, 10)
  return bannerMarkup(notice, kind, { noticeHref: noticeHref(resolution), checkedOn, onward })
}

function isOwn({ type, href }: ItemLink, { request, levels }: Resolution): boolean {
  const own = [defaultLink, ...ownLinkTypes] as readonly string[]
  return own.includes(type) && levels.some(({ anchor }) => href.split('?')[0] === request.origin + anchor)
}

function answerChoices(resolution: Resolution, links: readonly ItemLink[]): Answer {
  const { link, passport, request } = resolution
  const choices = links.map((one) => ({ ...one, href: handOn(one.href, link.passedOn) }))
  const wanted = preferredType(request.headers.accept, ['text/html', 'application/json'])
  if (wanted !== 'application/json') {
    return answerPage(300, choicesPage(passport.name, choices), freshnessOf(resolution))
  }
  const listed = choices.map(({ href, title, language }) => ({ href, title, language }))
  return answerJson(300, 'application/json', { choices: listed }, freshnessOf(resolution))
}

/** Whether the item is recalled, for programs: never "safe", and always as of when. */
function answerStatus(resolution: Resolution): Answer {
  const { recall, item, now } = resolution
  const decision = recall?.decision
  const verdict = verdictName(decision)
  const value = {
    '@context': { gs1: 'https://ref.gs1.org/voc/' },
    gtin: item.gtin,
    lot: item.lot,
    serial: item.serial,
    verdict,
    'gs1:isProductRecalled': verdict === 'recalled',
    is_exercise: recall?.notice.isMock ?? false,
    missing: decision?.kind === 'check' ? decision.missing : [],
    notice: recall ? noticeHref(resolution) : null,
    as_of: new Date(now).toISOString(),
  }
  return answerJson(200, 'application/json', value, 'no-store')
}

function verdictName(decision: RecallDecision | undefined): 'recalled' | 'possible' | 'not_listed' {
  if (!decision || decision.kind === 'none' || decision.kind === 'outside') return 'not_listed'
  return decision.kind === 'check' ? 'possible' : decision.verdict
}

function linksetOf(resolution: Resolution) {
  const { request, link, levels, passport, recall } = resolution
  const [standard] = pickByLanguage(linksOfType(levels, defaultLink), request.headers['accept-language'])
  const isStopped = recall !== undefined && recall.decision.kind !== 'outside'
  const target = isStopped
    ? { href: noticeHref(resolution), title: recall.notice.notice.title }
    : { href: standard?.href ?? request.origin + link.canonical, title: standard?.title ?? passport.name }
  const asked = link.canonical.split('?')[0] ?? ''
  const statusHref = recall ? `${request.origin}${asked}?linkType=${recallStatus}` : undefined
  return makeLinkset({ origin: request.origin, asked, name: passport.name, levels, target, statusHref })
}

/** The notice's own address, with the item in it so that the page can show what was scanned. */
function noticeHref({ request, link, recall }: Resolution): string {
  return `${request.origin}/recall-notices/${recall?.notice.id ?? ''}${link.canonical}`
}

function withParameter({ url }: ResolverRequest, name: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}${name}=1`
}

function freshnessOf({ recall }: Resolution): Freshness {
  return recall ? 'no-store' : 'no-cache'
}
