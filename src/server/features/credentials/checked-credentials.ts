import { ValidationFailed } from '#contract/errors.ts'

/** Credentials that were found right. */
export interface CheckedCredentials {
  /** What is sealed: no more than signing needs. */
  secrets: Record<string, string>
  /** What is shown. */
  masked: Record<string, string>
  /** What they are called where nobody says. */
  name: string
  /** Milliseconds; null where they do not end by themselves. */
  validFrom: number | null
  validUntil: number | null
}

/** Where a person reads how to get them. */
const guides = {
  apple_wallet: 'https://developer.apple.com/documentation/walletpasses/building-a-pass',
  google_wallet: 'https://developers.google.com/wallet/generic/getting-started/auth/rest',
} as const

/** A 422 of one field of the credentials. */
export function wrong(integration: keyof typeof guides, field: string, sentence: string): ValidationFailed {
  return new ValidationFailed({ [`credentials.${field}`]: [`${sentence} ${howTo(integration)}`] })
}

export function howTo(integration: keyof typeof guides): string {
  return `The guide: ${guides[integration]}`
}

/** Refuses fields that are missing, all of them at once, and fields that there are not. */
export function refuseFields(
  integration: keyof typeof guides,
  sent: Record<string, string>,
  fields: { needed: readonly string[]; optional: readonly string[] },
): void {
  const missing = fields.needed.filter((field) => (sent[field] ?? '').trim() === '')
  const known = new Set([...fields.needed, ...fields.optional])
  const errors = [
    ...missing.map(
      (field) => [field, `Fill in the ${field.replaceAll('_', ' ')}. ${howTo(integration)}`] as const,
    ),
    ...Object.keys(sent)
      .filter((field) => !known.has(field))
      .map((field) => [field, `There is no such field. Known are ${[...known].join(', ')}.`] as const),
  ]
  if (errors.length === 0) return
  throw new ValidationFailed(
    Object.fromEntries(errors.map(([field, sentence]) => [`credentials.${field}`, [sentence]])),
  )
}
