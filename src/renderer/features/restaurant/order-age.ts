import type { RestaurantSettings } from '#contract/restaurant-settings.ts'

export type AgeTone = 'calm' | 'warn' | 'bad'
export type AgeLimits = Pick<RestaurantSettings, 'amber_after_minutes' | 'red_after_minutes'>

/** Until the settings are there. */
export const usualLimits: AgeLimits = { amber_after_minutes: 10, red_after_minutes: 20 }

/** Whole minutes since a time; never below 0, also where two clocks differ. */
export function minutesSince(iso: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(iso)) / 60_000))
}

/** How an age looks by the restaurant's settings; red counts also where it was set below amber. */
export function toneOfAge(minutes: number, limits: AgeLimits): AgeTone {
  if (minutes >= limits.red_after_minutes) return 'bad'
  return minutes >= limits.amber_after_minutes ? 'warn' : 'calm'
}
