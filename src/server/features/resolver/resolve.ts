import type { IncomingHttpHeaders } from 'node:http'
import type { Db } from '../../db/schema.ts'
import { preferredType } from './accept.ts'
import { answerJson, answerPage, answerRedirect, type Answer } from './answer.ts'
import { readDigitalLink, withAnswers, type DigitalLinkRequest } from './digital-link-request.ts'
import { linksFor } from './item-links.ts'
import { normaliseLinkType, asksForLinkset } from './link-types.ts'
import { findPublicNotice } from './notices-store.ts'
import { problemPage } from './pages.ts'
import { decideRecall, verdictOf } from './recall-decision.ts'
import type { FoundPassport, ResolverParts, ScannedItem } from './resolver-parts.ts'
import type { PassportScan } from './scan-recorder.ts'
import { showItem, type Resolution } from './show-item.ts'

export interface ResolverRequest {
  /** Path and query as they came. */
  url: string
  /** `http://127.0.0.1:4711`: what our own links begin with. */
  origin: string
  headers: IncomingHttpHeaders
}

/** An answer, and what is to be kept of the scan where a passport gave it. */
export interface Resolved {
  answer: Answer
  scan: Omit<PassportScan, 'at' | 'device' | 'language'> | undefined
}

/** Where a code leads (GS1-Conformant resolver). 400 for what is no Digital Link, 404 for what nobody knows here. */
export async function resolveCode(
  db: Db,
  parts: ResolverParts,
  request: ResolverRequest,
  now: number,
): Promise<Resolved> {
  const link = readDigitalLink(parts.validate, request.url)
  if ('problem' in link) {
    return refuse(request, 400, 'This code cannot be read', `It is no GS1 Digital Link: ${link.problem}`)
  }
  const found = link.item ? await findPassports(db, parts, link.item) : []
  const [narrowest] = found
  if (!link.item || !narrowest) {
    const text = 'Nothing is known here of what this code names. Ask whoever made the product.'
    return refuse(request, 404, 'This product is not known', text)
  }
  const verdict = await parts.verdictFor(db, link.item, narrowest.passport.business_id)
  const decision = decideRecall(found, verdict, now)
  const notice = decision.kind === 'none' ? undefined : await findPublicNotice(db, decision.recallId)
  const answered = link.answers.size === 0 ? undefined : withAnswers(parts.validate, link.item, link.answers)
  if (answered !== undefined) return redirectToAnswered(link, request, answered)
  const resolution: Resolution = {
    request,
    link,
    item: link.item,
    passport: narrowest.passport,
    levels: linksFor(link.item, found, request.origin),
    // A recall without a notice to show cannot stand in the way.
    recall: notice && decision.kind !== 'none' ? { decision, notice } : undefined,
    now,
  }
  const answer = showItem(parts, resolution)
  addLinkHeader(answer, resolution)
  // Going on from the notice to the product is no second scan.
  if (link.hasSeenNotice) return { answer, scan: undefined }
  return { answer, scan: { ...scanOf(link, narrowest, link.item), verdict: verdictOf(decision) } }
}

/** The passports that speak of an item: its own, its lot's, its model's. */
async function findPassports(
  db: Db,
  parts: Pick<ResolverParts, 'findPassport'>,
  { gtin, lot, serial }: ScannedItem,
): Promise<FoundPassport[]> {
  const found: FoundPassport[] = []
  const keys = [
    { gtin, lot, serial },
    { gtin, lot: null, serial },
    { gtin, lot, serial: null },
    { gtin, lot: null, serial: null },
  ]
  for (const key of keys) {
    const one = await parts.findPassport(db, key)
    if (one && !found.some(({ passport }) => passport.id === one.passport.id)) found.push(one)
  }
  return found
}

/** To the item with what the person read on its pack; the query that a brand prints goes along. */
function redirectToAnswered(
  link: DigitalLinkRequest,
  { origin }: ResolverRequest,
  answered: string,
): Resolved {
  const url = new URL(origin + answered)
  for (const [name, value] of link.passedOn) {
    if (!url.searchParams.has(name)) url.searchParams.append(name, value)
  }
  return { answer: answerRedirect(303, url.href, 'no-store'), scan: undefined }
}

function scanOf(link: DigitalLinkRequest, { passport }: FoundPassport, { lot, serial }: ScannedItem) {
  const asked = link.linkType
  const linkType = asked === undefined || asksForLinkset(asked) ? asked : normaliseLinkType(asked)
  return { passportId: passport.id, lot, serial, linkType: linkType?.slice(0, 80) ?? null }
}

/** Where all links are, and which address stands for the same in the normal form. */
function addLinkHeader(answer: Answer, { request, link }: Resolution): void {
  const canonical = request.origin + link.canonical
  const query = link.canonical.includes('?') ? '&' : '?'
  const links = [
    `<${canonical}${query}linkType=linkset>; rel="linkset"; type="application/linkset+json"; title="All links"`,
  ]
  if (link.isRewritten) links.push(`<${canonical}>; rel="http://www.w3.org/2002/07/owl#sameAs"`)
  answer.headers['Link'] = links.join(', ')
}

function refuse({ headers }: ResolverRequest, status: number, title: string, text: string): Resolved {
  const wanted = preferredType(headers.accept, ['text/html', 'application/json'])
  const answer =
    wanted === 'application/json'
      ? answerJson(status, 'application/json', { message: text }, 'no-store')
      : answerPage(status, problemPage(title, text), 'no-store')
  return { answer, scan: undefined }
}
