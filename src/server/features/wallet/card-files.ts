import type { WalletPass } from '#contract/wallet-passes.ts'
import { writeCard } from './export-card.ts'
import type { SignedCard } from './wallet-parts.ts'

/** A card on its way to the thread that makes bundles. */
export interface CardItem {
  card: WalletPass
  /** The address of its link. */
  link: string | undefined
}

interface CardFilesParts {
  /** All that a kind of card has without signing where none are asked for. */
  formats: readonly string[] | undefined
  /** What its files are called, without ending. */
  name: string
  /** What its code says. */
  codeText: string
  sign: (format: 'apple' | 'google') => Promise<SignedCard>
}

const offline = { contact: ['vcf', 'html'], event: ['ics', 'html'] } as const
const signed = ['apple', 'google'] as const

/** The files of a card in those of the formats that its kind has. Throws an Error for people when none is left. */
export async function cardFiles(
  { card, link }: CardItem,
  { formats, name, codeText, sign }: CardFilesParts,
): Promise<{ format: string; ending: string; body: Buffer }[]> {
  const plain = offline[card.kind].filter((format) => formats?.includes(format) ?? true)
  const files = []
  for (const format of plain) {
    const { ending, body } = await writeCard(card, format, { link, name, codeText })
    files.push({ format, ending, body: Buffer.from(body) })
  }
  for (const format of signed.filter((one) => formats?.includes(one))) {
    const { ending, body } = await sign(format)
    files.push({ format, ending, body: Buffer.from(body) })
  }
  if (files.length === 0) {
    throw new Error(`This kind of card has none of these formats. Take ${offline[card.kind].join(' or ')}.`)
  }
  return files
}
