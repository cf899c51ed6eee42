/** From a camera's frame to its verdict on the page; `performance.getEntriesByName` has the last ones. */
const measureName = 'field.frame-to-verdict'

/** Of these many, so that a day of scanning fills no memory. */
const most = 200

/** To be called when the verdict is in the document; the time is taken when it has been painted. */
export function markVerdict(frameAt: number | undefined): void {
  if (frameAt === undefined) return
  if (performance.getEntriesByName(measureName).length >= most) performance.clearMeasures(measureName)
  requestAnimationFrame(() => {
    setTimeout(() => performance.measure(measureName, { start: frameAt, end: performance.now() }))
  })
}
