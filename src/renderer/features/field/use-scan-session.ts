import { useRef, useState } from 'react'
import type { RecallDataState, RecallVerdict } from '#contract/recalls.ts'
import { useApi, type Api } from '../../lib/api.tsx'
import { useAppEvents } from '../../lib/app-events.ts'
import { chooseItem, itemsToCheck, type Item, type Judged, type Typed } from './item-carriers.ts'
import { checkItems } from './queries.ts'

/** A thing that was scanned and what is known of it. */
export interface Scanned extends Item {
  id: string
  /** Counts the verdicts, so that the same one twice is heard twice. */
  round: number
  verdict: RecallVerdict
  data: RecallDataState
  /** ISO time. */
  at: string
  /** When the camera's frame was taken, on the page's clock; undefined from elsewhere. */
  frameAt: number | undefined
  isJoined: boolean
  isOneOfSeveral: boolean
  /** What the last scan alone brought, should it be another thing after all. */
  fresh: readonly string[]
}

interface ScanOptions {
  /** Of the camera alone. */
  frameAt?: number
  /** All codes of the camera's frame. */
  inSight?: readonly string[]
  isNew?: boolean
  typed?: Typed
}

export interface ScanSession {
  current: Scanned | undefined
  isChecking: boolean
  error: unknown
  /** Codes in sight at once. `isNew` never puts them to what was there. */
  scan: (fresh: readonly string[], options?: ScanOptions) => void
  /** What a person adds to the thing on the table. */
  tell: (typed: Typed) => void
  /** The last scan was another thing. */
  split: () => void
  retry: () => void
  clear: () => void
}

interface Asked {
  fresh: readonly string[]
  typed: Typed
  inSight: readonly string[]
  frameAt: number | undefined
  isNew: boolean
  /** More is told of the thing that is there. */
  adds: boolean
  /** The recalls changed: the thing that is there is judged again, and heard only if the answer is another. */
  isQuiet: boolean
}

const nothing: Asked = {
  fresh: [],
  typed: {},
  inSight: [],
  frameAt: undefined,
  isNew: false,
  adds: false,
  isQuiet: false,
}

interface State {
  current: Scanned | undefined
  isChecking: boolean
  error: unknown
}

const empty: State = { current: undefined, isChecking: false, error: null }

/** One thing after the other: scans are judged in the order in which they came. */
export function useScanSession(businessId: string, onVerdict: (scanned: Scanned) => void): ScanSession {
  const api = useApi()
  const [state, setState] = useState(empty)
  const now = useRef<Scanned>(undefined)
  const last = useRef<Asked>(undefined)
  const queue = useRef(Promise.resolve())
  const work = async (asked: Asked): Promise<void> => {
    const before = now.current
    if (asked.adds && !before) return
    last.current = asked
    setState((shown) => ({ ...shown, isChecking: true, error: null }))
    try {
      const scanned = await judge(api, businessId, asked, before)
      now.current = scanned
      setState({ current: scanned, isChecking: false, error: null })
      if (!asked.isQuiet || scanned.verdict.verdict !== before?.verdict.verdict) onVerdict(scanned)
    } catch (error) {
      // The answer to something else must not stand there as if it were this one's.
      setState(({ current }) => ({ current: asked.adds ? current : undefined, isChecking: false, error }))
    }
  }
  const ask = (asked: Partial<Asked>): void => {
    const all = { ...nothing, ...asked }
    queue.current = queue.current.then(() => work(all))
  }
  useRecallChanges(businessId, () => {
    if (now.current) ask({ adds: true, isQuiet: true })
    return queue.current
  })
  return {
    ...state,
    scan: (fresh, options = {}) => ask({ fresh, ...options }),
    tell: (typed) => ask({ typed, adds: true }),
    split: () => ask({ fresh: now.current?.fresh ?? [], isNew: true }),
    retry: () => last.current && ask(last.current),
    clear: () => {
      now.current = undefined
      setState(empty)
    },
  }
}

/** One more look after any number of changes, since an import brings thousands. */
function useRecallChanges(businessId: string, look: () => Promise<void>): void {
  const isWaiting = useRef(false)
  useAppEvents((told) => {
    const isMine = told.type === 'recalls.changed' && told.business_id === businessId
    if ((!isMine && told.type !== 'connected') || isWaiting.current) return
    isWaiting.current = true
    setTimeout(() => {
      isWaiting.current = false
      void look()
    }, 300)
  })
}

async function judge(
  api: Api,
  businessId: string,
  asked: Asked,
  before: Scanned | undefined,
): Promise<Scanned> {
  const { fresh, frameAt } = asked
  const reading = {
    before: asked.isNew ? undefined : before,
    fresh,
    inSight: asked.inSight,
  }
  const whole = wholeItem(asked, before)
  const { verdicts, data } = await checkItems(api, businessId, whole ? [whole] : itemsToCheck(reading))
  const judged = whole ? wholeJudged(whole, verdicts[0]) : chooseItem(reading, verdicts)
  if (!judged) throw new Error('The answer has fewer verdicts than were asked for.')
  const isSame = before !== undefined && (judged.isJoined || asked.adds)
  return {
    ...judged,
    ...judged.item,
    id: isSame ? before.id : crypto.randomUUID(),
    round: (before?.round ?? 0) + 1,
    data,
    at: new Date().toISOString(),
    frameAt,
    fresh: asked.adds ? (before?.fresh ?? []) : fresh,
  }
}

/** What a person typed needs no guessing what belongs together. */
function wholeItem({ adds, typed, fresh }: Asked, before: Scanned | undefined): Item | undefined {
  if (adds && before) return { carriers: before.carriers, typed: { ...before.typed, ...typed } }
  return Object.keys(typed).length > 0 ? { carriers: fresh, typed } : undefined
}

function wholeJudged(item: Item, verdict: RecallVerdict | undefined): Judged | undefined {
  return verdict && { item, verdict, isJoined: false, isOneOfSeveral: false }
}
