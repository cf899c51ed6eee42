import type { Page, Route } from 'playwright-core'
import type { BodyOf, ReplyOf } from '#contract/endpoint.ts'
import type { Gs1Element, Gs1Result } from '#contract/gs1.ts'
import type { NewRecallAction, RecallAction } from '#contract/recall-actions.ts'
import type { checkRecalls, RecallVerdict, Verdict } from '#contract/recalls.ts'

/** The one GTIN that a recall names here, and its one lot. */
export const recalled = { gtin: '09506000134352', lot: 'LOT7' }

export interface StandIn {
  actions: RecallAction[]
  /** Types of the photos that were sent. */
  photos: string[]
  /** Lots of the one GTIN that are recalled. */
  lots: string[]
  /** Answers nothing while true, as when the app's server is starting anew. */
  isAway: boolean
}

/** Answers for the routes of recalls at the page's edge, one recall of one lot, so that the page alone is tried. */
export async function standInForRecalls(page: Page): Promise<StandIn> {
  const state: StandIn = { actions: [], photos: [], lots: [recalled.lot], isAway: false }
  const answer = (work: (route: Route) => Promise<void>) => (route: Route) =>
    state.isAway ? route.abort() : work(route)
  await page.route(
    '**/api/recalls/check',
    answer((route) => check(route, state)),
  )
  await page.route(
    '**/api/recalls/*/photos',
    answer(async (route) => {
      state.photos.push(route.request().headers()['content-type'] ?? '')
      const photo = { id: `photo-${state.photos.length}`, sha256: '', size: 1 }
      await route.fulfill({ status: 201, json: { photo } })
    }),
  )
  await page.route(
    '**/api/recalls/*/actions*',
    answer((route) => act(route, state)),
  )
  return state
}

async function check(route: Route, { lots }: StandIn): Promise<void> {
  const { scans } = route.request().postDataJSON() as BodyOf<typeof checkRecalls>
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString()
  const json: ReplyOf<typeof checkRecalls> = {
    verdicts: scans.map((scan) =>
      typeof scan === 'string' ? judge([scan], lots) : judge(scan.carriers, lots, scan.lot ?? undefined),
    ),
    data: { version: 'v17', criteria: 200_000, active_recalls: 3, changed_at: hourAgo, synced_at: null },
  }
  await route.fulfill({ json })
}

async function act(route: Route, { actions }: StandIn): Promise<void> {
  if (route.request().method() === 'GET') {
    const data = actions.toReversed()
    return route.fulfill({ json: { actions: { data, current_page: 1, last_page: 1, total: data.length } } })
  }
  const body = route.request().postDataJSON() as NewRecallAction & { id: string }
  const old = actions.find(({ id }) => id === body.supersedes_id)
  if (old) old.superseded_by_id = body.id
  const sequence = actions.length + 1
  const action = { superseded_by_id: null, ...body, sequence } as unknown as RecallAction
  actions.push(action)
  return route.fulfill({ status: 201, json: { action } })
}

function judge(carriers: readonly string[], lots: readonly string[], typedLot?: string): RecallVerdict {
  const text = carriers.join('\n')
  const ean = /\]E0(\d{13})/.exec(text)?.[1]
  const gtin = /01(\d{14})/.exec(text)?.[1] ?? /^(\d{14})$/m.exec(text)?.[1] ?? (ean && `0${ean}`) ?? null
  const lot = typedLot ?? /10(LOT\w)/.exec(text)?.[1]
  const isNamed = gtin === recalled.gtin
  const verdict: Verdict =
    gtin === null
      ? 'unreadable'
      : !isNamed
        ? 'not_listed'
        : lot === undefined
          ? 'possible'
          : lots.includes(lot)
            ? 'recalled'
            : 'not_listed'
  const isMatch = verdict === 'recalled' || verdict === 'possible'
  const missing = verdict === 'possible' ? ['lot'] : []
  return {
    verdict,
    sentence: `Said by the stand-in: ${verdict}.`,
    missing,
    matches: isMatch ? [{ ...match, verdict, missing }] : [],
    // An EAN has no application identifiers, as the engine tells it.
    result: resultOf(gtin, gtin === `0${ean}` ? null : gtin, lot),
  }
}

const match = {
  recall_id: 'recall-1',
  title: 'Peanut butter with salmonella',
  is_mock: false,
  revision: 2,
  line: 0,
  reason: 'Lot LOT7 is listed.',
  instructions: 'Put it in the locked store.',
}

function resultOf(gtin: string | null, said: string | null, lot: string | undefined): Gs1Result {
  const values = [
    ['01', 'GTIN', said],
    ['10', 'BATCH/LOT', lot],
  ] as const
  const elements: Gs1Element[] = values.flatMap(([ai, title, value]) =>
    value === undefined || value === null ? [] : [{ ai, title, value, display: value, carrier: 0 }],
  )
  return {
    valid: gtin !== null,
    kind: 'scan',
    symbology: null,
    gtin,
    elements,
    element_string: null,
    unbracketed: null,
    digital_link: null,
    digital_link_compressed: null,
    hri: elements.map(({ ai, value }) => `(${ai}) ${value}`),
    errors: [],
    warnings: [],
    ignored_parameters: [],
    dictionary_version: 'stand-in',
  }
}
