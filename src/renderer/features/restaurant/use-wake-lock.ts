import { useEffect, useState } from 'react'

export type WakeState = 'off' | 'on' | 'unsupported' | 'refused'

/** Keeps the screen from going dark while `wanted`; the lock is lost with the view of the page and taken again. */
export function useWakeLock(wanted: boolean): WakeState {
  const [state, setState] = useState<WakeState>('off')
  useEffect(() => {
    if (!wanted) return undefined
    const stop = new AbortController()
    void hold(stop.signal, setState)
    const again = (): void => {
      if (document.visibilityState === 'visible') void hold(stop.signal, setState)
    }
    document.addEventListener('visibilitychange', again, { signal: stop.signal })
    return () => stop.abort()
  }, [wanted])
  return wanted ? state : 'off'
}

async function hold(signal: AbortSignal, tell: (state: WakeState) => void): Promise<void> {
  // Only secure pages have it; over plain http on the network there is none.
  const { wakeLock } = navigator as { wakeLock?: WakeLock }
  if (wakeLock === undefined) return tell('unsupported')
  try {
    const lock = await wakeLock.request('screen')
    if (signal.aborted) return void lock.release()
    signal.addEventListener('abort', () => void lock.release())
    lock.addEventListener('release', () => signal.aborted || tell('off'))
    tell('on')
  } catch {
    if (!signal.aborted) tell(document.visibilityState === 'visible' ? 'refused' : 'off')
  }
}
