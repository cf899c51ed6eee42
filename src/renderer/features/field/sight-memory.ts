/** A code that was out of sight for so long, in ms, is scanned anew when it comes back. */
const forgetAfter = 1_500

/** The same for a code of another item than the one on the table: somebody went back to it. */
const returnsAfter = 400

/** The camera sees the same code in every frame; it is a scan once. */
export class SightMemory {
  readonly #seen = new Map<string, number>()

  /** The codes that were not in sight just before. `now` in ms; `current` are those of the item on the table. */
  fresh(carriers: readonly string[], now: number, current: readonly string[] = []): string[] {
    const fresh = carriers.filter((carrier) => {
      const away = now - (this.#seen.get(carrier) ?? -Infinity)
      return away > (current.includes(carrier) ? forgetAfter : returnsAfter)
    })
    for (const carrier of carriers) this.#seen.set(carrier, now)
    for (const [carrier, at] of this.#seen) if (now - at > forgetAfter) this.#seen.delete(carrier)
    return fresh
  }
}
