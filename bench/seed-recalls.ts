import type { Client } from '#contract/client.ts'
import { createRecall } from '#contract/recalls.ts'

/** GTINs of a made-up company, with their check digits. */
export function gtinAt(index: number): string {
  const digits = `0950${String(600_000_000 + index).padStart(9, '0')}`
  const sum = Array.from(digits).reduce(
    (total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1),
    0,
  )
  return `${digits}${(10 - (sum % 10)) % 10}`
}

const gtinsOfLine = 5
const linesOfRecall = 100

/** Recalls in force with `criteria` GTINs in all, each with some lots and a range of them. */
export async function seedRecalls(client: Client, criteria: number): Promise<void> {
  const each = gtinsOfLine * linesOfRecall
  for (let recall = 0; recall < criteria / each; recall++) {
    const lines = Array.from({ length: linesOfRecall }, (_, line) => ({
      gtins: Array.from({ length: gtinsOfLine }, (_gtin, at) =>
        gtinAt(recall * each + line * gtinsOfLine + at),
      ),
      lots: [`L${line}`, `LOT${line}A`],
      lot_ranges: [{ from: 'B1000', to: 'B1999' }],
    }))
    const notice = { title: `Recall ${recall}`, instructions: 'Put it aside.' }
    await client.call(createRecall, { body: { notice, lines, activate: true } })
  }
}
