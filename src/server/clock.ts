/** Milliseconds since 1970, as `Date.now`. Passed in, so that tests can move time. */
export type Clock = () => number

/** The wire's form of a moment: ISO 8601, UTC, microseconds (always 000 below the millisecond). */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000Z')
}

/** A moment that a caller sent, in the wire's form; undefined when it is not one. */
export function normaliseTimestamp(text: string): string | undefined {
  const milliseconds = Date.parse(text)
  return Number.isNaN(milliseconds) ? undefined : timestamp(milliseconds)
}
