/** Longest texts of a card, in UTF-16 units. */
export const cardLimits = {
  title: 200,
  subtitle: 200,
  given_name: 100,
  family_name: 100,
  prefix: 40,
  suffix: 40,
  organization: 200,
  department: 200,
  job_title: 200,
  entry: 200,
  website: 2048,
  note: 2000,
  street: 200,
  city: 100,
  region: 100,
  postal_code: 20,
  country: 100,
  timezone: 60,
  location: 300,
  organizer: 200,
  organizer_email: 200,
  description: 4000,
  code_text: 1500,
  locale: 35,
} as const

/** The languages in which a card says what its fields are called; in others it says so in English. */
export const cardLanguages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'pl', 'tr', 'ar', 'ja'] as const

/** Most minutes before an event at which a calendar reminds: four weeks. */
export const longestReminder = 40_320

/* Each rule says what to do about a text that it refuses, and nothing about one that is fine. */

export function phoneProblem(text: string): string | undefined {
  return /\d/.test(text) ? undefined : 'Write a telephone number, such as +31 20 123 4567.'
}

/** One sign between something and something: no list of names could be complete, and nobody writes to it from here. */
export function mailProblem(text: string): string | undefined {
  const isMail = /^[^\s@<>,;:"\\()[\]\p{C}]+@[^\s@<>,;:"\\()[\]\p{C}]+$/u.test(text)
  return isMail ? undefined : 'Write a mail address, such as name@example.com.'
}

export function websiteProblem(text: string): string | undefined {
  const scheme = URL.parse(text)?.protocol
  return scheme === 'https:' || scheme === 'http:'
    ? undefined
    : 'Write a web address that begins with https://.'
}

export function timeZoneProblem(timeZone: string): string | undefined {
  return isTaken(() => new Intl.DateTimeFormat('en', { timeZone }))
    ? undefined
    : 'Choose a time zone by its name, such as Europe/Amsterdam.'
}

export function localeProblem(tag: string): string | undefined {
  const isTag = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) && isTaken(() => Intl.getCanonicalLocales(tag))
  return isTag ? undefined : 'Write the language as a tag, such as en or pt-BR.'
}

function isTaken(attempt: () => unknown): boolean {
  try {
    attempt()
    return true
  } catch {
    return false
  }
}
