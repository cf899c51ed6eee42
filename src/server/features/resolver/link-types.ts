/** GS1's vocabulary of links (WebVoc). */
const vocabulary = 'https://gs1.org/voc/'

/** Asked for by these names, the answer is all links there are. */
export function asksForLinkset(linkType: string | undefined): boolean {
  return linkType === 'linkset' || linkType === 'all'
}

/** `gs1:pip` of any way to write it: with the prefix, without, or as the vocabulary's address. */
export function normaliseLinkType(written: string): string {
  const name = written.replace(/^(?:gs1:|https?:\/\/(?:www\.|ref\.)?gs1\.org\/voc\/)/i, '')
  return `gs1:${name}`
}

/** The relation's address in a linkset: `https://gs1.org/voc/pip`. */
export function relationOf(linkType: string): string {
  return vocabulary + linkType.replace(/^gs1:/, '')
}

/** What the passport's own page is, where nobody said that something else is. */
export const ownLinkTypes = ['gs1:pip', 'gs1:dpp'] as const
export const defaultLink = 'gs1:defaultLink'
export const recallStatus = 'gs1:recallStatus'
