import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'

const launchCodeLife = 60_000

/**
 * The window's own sessions. Nothing of them is written down: they end with the process. Secrets are kept as
 * hashes, so that comparing is a map look-up that tells nothing by its time.
 */
export class Sessions {
  private readonly clock: Clock
  private readonly bearers = new Set<string>()
  private readonly launchCodes = new Map<string, number>()

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** Takes a secret that the parent process made (Electron's main), for this launch only. */
  admit(secret: string): void {
    this.bearers.add(hashOf(secret))
  }

  /** A code for one launch link: 256 bits, one use, 60 seconds. */
  makeLaunchCode(): { code: string; expiresAt: number } {
    const now = this.clock()
    for (const [hash, end] of this.launchCodes) if (end <= now) this.launchCodes.delete(hash)
    const code = randomBytes(32).toString('base64url')
    const expiresAt = now + launchCodeLife
    this.launchCodes.set(hashOf(code), expiresAt)
    return { code, expiresAt }
  }

  /** Swaps a launch code for a session bearer; undefined when it is unknown, used or too old. */
  redeem(code: string): string | undefined {
    const hash = hashOf(code)
    const expiresAt = this.launchCodes.get(hash)
    this.launchCodes.delete(hash)
    if (expiresAt === undefined || expiresAt <= this.clock()) return undefined
    const bearer = `qrw_${randomBytes(32).toString('base64url')}`
    this.bearers.add(hashOf(bearer))
    return bearer
  }

  isLive(bearer: string): boolean {
    return this.bearers.has(hashOf(bearer))
  }

  end(bearer: string): void {
    this.bearers.delete(hashOf(bearer))
  }
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64')
}
