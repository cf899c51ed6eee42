const scripts: Record<string, RegExp> = {
  latin: /\p{Script=Latin}/u,
  cyrillic: /\p{Script=Cyrillic}/u,
  greek: /\p{Script=Greek}/u,
  armenian: /\p{Script=Armenian}/u,
  hebrew: /\p{Script=Hebrew}/u,
  arabic: /\p{Script=Arabic}/u,
  thai: /\p{Script=Thai}/u,
  devanagari: /\p{Script=Devanagari}/u,
  cherokee: /\p{Script=Cherokee}/u,
  georgian: /\p{Script=Georgian}/u,
  han: /\p{Script=Han}/u,
  hiragana: /\p{Script=Hiragana}/u,
  katakana: /\p{Script=Katakana}/u,
  hangul: /\p{Script=Hangul}/u,
  bopomofo: /\p{Script=Bopomofo}/u,
}

/** Scripts that are written together: UTS 39, "highly restrictive". */
const together = [
  ['latin', 'han', 'hiragana', 'katakana'],
  ['latin', 'han', 'bopomofo'],
  ['latin', 'han', 'hangul'],
]

/** Cyrillic letters that look like Latin ones: a label of these alone is an imitation (`аррӏе`). */
const cyrillicLookalikes = /^[асԁеһіјӏорԛѕԝхуъЬҽпгѵѡ0-9-]+$/u

/**
 * Whether a label of a host name mixes scripts that are not written together, or is wholly made of letters
 * that pass for Latin ones (UTS 39's moderately restrictive level, as Chromium judges what to show).
 */
export function mixesScripts(label: string): boolean {
  const used = Object.keys(scripts).filter((name) => scripts[name]?.test(label) === true)
  if (used.length === 1 && used[0] === 'cyrillic') return cyrillicLookalikes.test(label)
  if (used.length <= 1) return false
  if (together.some((group) => used.every((name) => group.includes(name)))) return false
  const risky = ['cyrillic', 'greek', 'cherokee', 'armenian', 'georgian']
  return !(used.length === 2 && used.includes('latin') && !used.some((name) => risky.includes(name)))
}
