import { useCallback, useEffect, useState } from 'react'

/** A step that can be taken back for as long as the server allows (contract: ten seconds). */
interface UndoOffer {
  key: number
  text: string
  run: () => void
}

interface Kept extends UndoOffer {
  until: number
}

export interface UndoOffers {
  /** The last step that can still be taken back. */
  latest: UndoOffer | undefined
  offer: (text: string, run: () => void) => void
  /** Takes the last step back. */
  undo: () => void
}

/** A little less than the server's ten seconds, for the way there. */
const time = 9_000

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
  const offer = useCallback((text: string, run: () => void): void => {
    const now = Date.now()
    setOffers((all) => [...all, { key: now + all.length, text, run, until: now + time }])
  }, [])
  const undo = (): void => {
    if (!latest) return
    setOffers((all) => all.filter((one) => one !== latest))
    latest.run()
  }
  return { latest, offer, undo }
}
