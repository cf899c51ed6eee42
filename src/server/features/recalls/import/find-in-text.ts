import type { RecallLine } from '#contract/recall-lines.ts'

/** Digits of a text that are a GTIN by their check digit, as 14; spaces and hyphens between them do not matter. */
export function gtinsIn(text: string, normalise: (digits: string) => string | undefined): string[] {
  const found = new Set<string>()
  for (const [match] of text.matchAll(/\d(?:[ -]?\d){7,15}/g)) {
    const gtin = normalise(match.replaceAll(/[ -]/g, ''))
    if (gtin !== undefined && !/^0+$/.test(gtin)) found.add(gtin)
  }
  return [...found]
}

/** `UDI: (01) 04050598000582`: what stands behind (01) is a GTIN, whatever is around it. */
const lotHead =
  /\b(?:lots?|batch(?:es)?|batch\/lot)\b(?:\s*(?:codes?|numbers?|nos?\.?|#s?|id))*\s*[:#-]?\s*/gi
const lotToken = /^[A-Z0-9][A-Z0-9./_-]{1,39}$/i
const stopWords =
  /^(exp|expiry|expires|use|best|sell|upc|udi|ndc|and|or|all|with|date|dates|code|codes|packed|through|to|the|of|are|is)$/i

/**
 * Lots that a text names after the word “lot”, in order. What looks like a date, a word without a digit or the head of
 * something else ends the list: a person confirms what is left.
 */
export function lotsIn(text: string): string[] {
  const found = new Set<string>()
  for (const head of text.matchAll(lotHead)) {
    const rest = text.slice(head.index + head[0].length)
    for (const part of rest.split(/\s*(?:[,;&\n]|\band\b)\s*|\s+/i)) {
      const token = part.replaceAll(/^[#("']+|[)."':]+$/g, '')
      if (token === '') continue
      if (stopWords.test(token) || !lotToken.test(token) || !/\d/.test(token)) break
      if (/^\d{1,2}\/\d{1,2}(\/\d{2,4})?$/.test(token) && found.size > 0) break
      found.add(token)
      if (found.size >= 5_000) break
    }
  }
  return [...found]
}

/** Whether a text says that every lot is meant. */
export function meansAllLots(text: string): boolean {
  return /\ball\s+(?:lots?|lot\s+(?:codes?|numbers?)|codes?|batches|units)\b/i.test(text)
}

/** A line made of texts of a notice; undefined where no GTIN is in them. */
export function lineFrom(
  gtins: readonly string[],
  lotText: string,
  original: string,
): RecallLine | undefined {
  if (gtins.length === 0) return undefined
  const lots = meansAllLots(lotText)
    ? []
    : lotsIn(lotText).filter((lot) => !gtins.some((gtin) => gtin.endsWith(lot)))
  return {
    gtins: gtins.slice(0, 2_000),
    ...(lots.length > 0 && { lots }),
    ...(original !== '' && { original_text: original.slice(0, 20_000) }),
  }
}
