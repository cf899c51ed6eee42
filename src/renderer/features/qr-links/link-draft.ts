import type { NewQrLink, QrLink, QrLinkChange } from '#contract/qr-links.ts'
import { fromLocalInput, toLocalInput } from '../../lib/local-time.ts'

/** A link as its form holds it: all text, dates in the person's zone. */
export interface LinkDraft {
  slug: string
  destination_url: string
  title: string
  campaign: string
  tags: string[]
  notes: string
  is_active: boolean
  starts_at: string
  expires_at: string
}

export function draftOf(link: QrLink | undefined): LinkDraft {
  return {
    slug: link?.slug ?? '',
    destination_url: link?.destination_url ?? '',
    title: link?.title ?? '',
    campaign: link?.campaign ?? '',
    tags: [...(link?.tags ?? [])],
    notes: link?.notes ?? '',
    is_active: link?.is_active ?? true,
    starts_at: toLocalInput(link?.starts_at ?? null),
    expires_at: toLocalInput(link?.expires_at ?? null),
  }
}

/** What is sent for a new link. An empty slug is left out, so that the server makes one. */
export function newLinkOf(draft: LinkDraft, businessId: string): NewQrLink {
  const { slug, ...rest } = bodyOf(draft)
  return { business_id: businessId, ...rest, ...(slug === '' ? {} : { slug }) }
}

/** Only what differs from the link as it was read, so that others' changes to other fields stay. */
export function changeOf(draft: LinkDraft, original: QrLink): QrLinkChange {
  const before = draftOf(original)
  const names = (Object.keys(draft) as (keyof LinkDraft)[]).filter(
    (name) => JSON.stringify(draft[name]) !== JSON.stringify(before[name]),
  )
  const body: Record<string, unknown> = bodyOf(draft)
  return Object.fromEntries(names.map((name) => [name, body[name]])) as QrLinkChange
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text
}

function bodyOf(draft: LinkDraft) {
  return {
    slug: draft.slug.trim(),
    destination_url: draft.destination_url.trim(),
    title: orNull(draft.title),
    campaign: orNull(draft.campaign),
    tags: draft.tags,
    notes: orNull(draft.notes),
    is_active: draft.is_active,
    starts_at: fromLocalInput(draft.starts_at),
    expires_at: fromLocalInput(draft.expires_at),
  }
}
