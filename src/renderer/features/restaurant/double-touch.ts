/** Two touches within this time (ms) and distance (px) are one that was meant. */
const soon = 500
const near = 40

interface Touch {
  /** What was touched. */
  what: string
  x: number
  y: number
  /** Milliseconds of any clock that only goes forward. */
  at: number
}

/**
 * Tells the second of two quick touches at one place. A card that was taken on leaves its place to the next one: a
 * double tap would take on an order that nobody looked at.
 */
export class DoubleTouch {
  #last: Touch = { what: '', x: 0, y: 0, at: -Infinity }

  /** Whether a touch meets something else than the one just before it, at the same place. */
  isSecond(touch: Touch): boolean {
    const { what, x, y, at } = this.#last
    this.#last = touch
    return touch.what !== what && touch.at - at < soon && Math.hypot(touch.x - x, touch.y - y) < near
  }
}
