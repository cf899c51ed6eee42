export const themes = ['system', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]

export const densities = ['system', 'comfortable', 'touch'] as const
export type Density = (typeof densities)[number]

export interface Appearance {
  theme: Theme
  density: Density
}

const storageKey = 'qrscan.appearance'

/** What the person has set on this device; what they have not follows the system. */
export function loadAppearance(): Appearance {
  const kept = parse(localStorage.getItem(storageKey))
  return {
    theme: themes.find((theme) => theme === kept['theme']) ?? 'system',
    density: densities.find((density) => density === kept['density']) ?? 'system',
  }
}

export function saveAppearance(appearance: Appearance): void {
  localStorage.setItem(storageKey, JSON.stringify(appearance))
  applyAppearance(appearance)
}

/** Writes the choice where the style sheets look for it. */
export function applyAppearance({ theme, density }: Appearance): void {
  const { dataset } = document.documentElement
  dataset['theme'] = theme === 'system' ? systemTheme() : theme
  dataset['density'] = shownDensity(density)
}

/** Calls back when the system's own preference changes; returns how to stop. */
export function watchSystem(onChange: () => void): () => void {
  const queries = Object.values(systemQueries).map((query) => matchMedia(query))
  for (const query of queries) query.addEventListener('change', onChange)
  return () => {
    for (const query of queries) query.removeEventListener('change', onChange)
  }
}

const systemQueries = {
  contrast: '(prefers-contrast: more)',
  dark: '(prefers-color-scheme: dark)',
  touch: '(pointer: coarse)',
}

function systemTheme(): Exclude<Theme, 'system'> {
  if (matchMedia(systemQueries.contrast).matches) return 'contrast'
  return matchMedia(systemQueries.dark).matches ? 'dark' : 'light'
}

/** The density that a choice comes to on this device. */
export function shownDensity(density: Density): Exclude<Density, 'system'> {
  if (density !== 'system') return density
  return matchMedia(systemQueries.touch).matches ? 'touch' : 'comfortable'
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
