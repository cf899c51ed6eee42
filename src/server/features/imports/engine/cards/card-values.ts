import type { CardLook, ContactCard, EventCard, PostalAddress, WalletPass } from '#contract/wallet-passes.ts'
import type { ImportedCard } from '../../bulk-cards.ts'

/** What a row says about a card: only what its cells hold, the rest of a stored card stays as it is. */
export interface CardValues {
  kind: WalletPass['kind']
  title: string
  subtitle?: string
  contact: ContactCard | null
  event: EventCard | null
  look: CardLook
  code_text?: string
  locale?: string
}

/** The new card that a row makes. */
export function newCard({ subtitle, code_text, locale, ...values }: CardValues): ImportedCard {
  return { ...values, subtitle: subtitle ?? null, code_text: code_text ?? null, locale: locale ?? 'en' }
}

/** A stored card with what a row says laid over it. */
export function mergeCard(card: ImportedCard, { contact, event, look, ...values }: CardValues): ImportedCard {
  return {
    ...card,
    ...values,
    contact: contact && mergePart(card.contact, contact),
    event: event && mergePart(card.event, event),
    look: { ...card.look, ...look },
  }
}

function mergePart<T extends { address?: PostalAddress | null }>(before: T | null, after: T): T {
  if (before === null) return after
  const address = after.address ? { ...before.address, ...after.address } : before.address
  return { ...before, ...after, ...(address && { address }) }
}

/** Whether two cards say the same; a missing field and an empty one are one. */
export function isSameCard(a: ImportedCard, b: ImportedCard): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
    const filled = Object.entries(part).filter(([, inner]) => inner !== null && inner !== undefined)
    return Object.fromEntries(filled.toSorted(([one], [other]) => (one < other ? -1 : 1)))
  })
}

/**
 * What two rows of one person or event have in common: the name with a mail address, a number or the company; the
 * title with the start.
 */
export function cardKey({
  kind,
  title,
  contact,
  event,
}: Pick<ImportedCard, 'kind' | 'title' | 'contact' | 'event'>): string {
  const name = fold(title)
  if (kind === 'event') return `event\n${name}\n${event?.starts_at ?? ''}`
  const mail = contact?.emails?.[0]?.value
  const phone = contact?.phones?.[0]?.value.replace(/\D/g, '')
  return `contact\n${name}\n${fold(mail ?? phone ?? contact?.organization ?? '')}`
}

function fold(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
}
