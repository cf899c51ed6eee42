import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { BoardPreferences } from './board-preferences.ts'
import { OrderSound } from './order-sound.ts'

const every = 5_000

export interface NewOrderSound {
  /** The browser keeps silent until the page is touched. */
  isBlocked: boolean
  unblock: () => void
  /** Plays the chosen tune once, to hear what it is like. */
  tryOut: (preferences: Pick<BoardPreferences, 'tune' | 'volume'>) => void
}

/** Plays now and every five seconds while something is waiting to be seen; `count` growing plays at once. */
export function useNewOrderSound(count: number, { tune, volume }: BoardPreferences): NewOrderSound {
  const [sound] = useState(() => new OrderSound())
  const [isBlocked, setBlocked] = useState(() => sound.isBlocked)
  const play = useEffectEvent(() => void sound.play(tune, volume).then(() => setBlocked(sound.isBlocked)))
  const unblock = useEffectEvent(() => void sound.unblock().then(() => setBlocked(sound.isBlocked)))
  const before = useRef(0)
  const isWaiting = count > 0
  useEffect(() => {
    if (count > before.current) play()
    before.current = count
  }, [count])
  useEffect(() => {
    if (!isWaiting) return undefined
    const timer = setInterval(() => play(), every)
    return () => clearInterval(timer)
  }, [isWaiting])
  useEffect(() => {
    if (!isBlocked) return undefined
    const stop = new AbortController()
    const touched = (): void => unblock()
    for (const type of ['pointerup', 'keyup'])
      document.addEventListener(type, touched, { signal: stop.signal })
    return () => stop.abort()
  }, [isBlocked])
  useEffect(() => () => void sound.close(), [sound])
  return {
    isBlocked: isBlocked && tune !== 'off' && volume > 0,
    unblock: () => void sound.unblock().then(() => setBlocked(sound.isBlocked)),
    tryOut: (preferences) => void sound.play(preferences.tune, preferences.volume),
  }
}
