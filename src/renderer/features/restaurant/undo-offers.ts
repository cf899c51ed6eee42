import { useCallback, useEffect, useState } from 'react'

/** A step that can be taken back for as long as the server allows (contract: ten seconds). */
interface UndoOffer {
  key: number
  text: string
  /** Left out where there is nothing to take back and it is only told. */
  run?: () => void
}

interface Kept extends UndoOffer {
  until: number
}

export interface UndoOffers {
  /** The last step that can still be taken back, or what was told after it. */
  latest: UndoOffer | undefined
  offer: (text: string, run?: () => void) => void
  /** Takes the last step back. */
  undo: () => void
}

/** A little less than the server's ten seconds, for the way there. */
const time = 9_000
/** How long something is told that cannot be taken back. */
const toldFor = 4_000

export function useUndoOffers(): UndoOffers {
  const [offers, setOffers] = useState<readonly Kept[]>([])
  const latest = offers.at(-1)
  useEffect(() => {
    if (offers.length === 0) return undefined
    const first = Math.min(...offers.map(({ until }) => until))
    const drop = (): void => setOffers((all) => all.filter(({ until }) => until > Date.now()))
    const timer = setTimeout(drop, Math.max(first - Date.now(), 0) + 20)
    return () => clearTimeout(timer)
  }, [offers])
  const offer = useCallback((text: string, run?: () => void): void => {
    const now = Date.now()
    const until = now + (run ? time : toldFor)
    setOffers((all) => [...all, { key: now + all.length, text, ...(run && { run }), until }])
  }, [])
  const undo = (): void => {
    const last = offers.findLast(({ run }) => run !== undefined)
    if (!last?.run) return
    setOffers((all) => all.filter((one) => one !== last))
    last.run()
  }
  return { latest, offer, undo }
}
