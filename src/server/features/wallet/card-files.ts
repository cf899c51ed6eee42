import type { WalletPass } from '#contract/wallet-passes.ts'
import { writeCard, type OfflineFormat } from './export-card.ts'

/** A card on its way to the thread that makes bundles. */
export interface CardItem {
  card: WalletPass
  /** The address of its link. */
  link: string | undefined
}

const formatsOf = { contact: ['vcf', 'html'], event: ['ics', 'html'] } as const

/**
 * The files of a card in those of the formats that its kind has; all of them where none are asked for. Throws an Error
 * for people when none is left.
 */
export async function cardFiles(
  { card, link }: CardItem,
  asked: readonly string[] | undefined,
  name: string,
): Promise<{ format: OfflineFormat; ending: string; body: Buffer }[]> {
  const formats = formatsOf[card.kind].filter((format) => asked?.includes(format) ?? true)
  if (formats.length === 0) {
    throw new Error(`This kind of card has none of these formats. Take ${formatsOf[card.kind].join(' or ')}.`)
  }
  const files = []
  for (const format of formats) {
    const { ending, body } = await writeCard(card, format, { link, name })
    files.push({ format, ending, body: Buffer.from(body) })
  }
  return files
}
