/** Waits so long, or until the network is back, the page is looked at again, or `hurry` is called. */
export interface Patience {
  wait: (ms: number) => Promise<void>
  hurry: () => void
}

export function makePatience(page: Window = window): Patience {
  const early = new EventTarget()
  const hurry = () => void early.dispatchEvent(new Event('now'))
  page.addEventListener('online', hurry)
  page.document.addEventListener('visibilitychange', () => {
    if (page.document.visibilityState === 'visible') hurry()
  })
  return {
    hurry,
    wait: (ms) =>
      new Promise((resolve) => {
        const done = () => {
          page.clearTimeout(timer)
          early.removeEventListener('now', done)
          resolve()
        }
        const timer = page.setTimeout(done, ms)
        early.addEventListener('now', done)
      }),
  }
}
