/** A code that was out of sight for so long, in ms, is scanned anew when it comes back. */
const forgetAfter = 1_500

/** The camera sees the same code in every frame; it is a scan once. */
export class SightMemory {
  readonly #seen = new Map<string, number>()

  /** The codes that were not in sight just before. `now` in ms. */
  fresh(carriers: readonly string[], now: number): string[] {
    const fresh = carriers.filter((carrier) => now - (this.#seen.get(carrier) ?? -Infinity) > forgetAfter)
    for (const carrier of carriers) this.#seen.set(carrier, now)
    for (const [carrier, at] of this.#seen) if (now - at > forgetAfter) this.#seen.delete(carrier)
    return fresh
  }
}
