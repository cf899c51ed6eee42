import type { Gs1Result } from '#contract/gs1.ts'
import * as contract from '#contract/recalls.ts'
import type { Mount } from '../../http/mount.ts'
import type { RecallMemory, RecallParts } from './recall-parts.ts'
import { itemOf, type TypedFacts } from './scanned-item.ts'
import { sentenceFor, unreadableSentence } from './sentences.ts'
import { verdictFor } from './verdict.ts'

/** A verdict a scan. Pairs of identifiers that belong together are a warning: a lot on a code of its own is usual. */
export function serveCheck(mount: Mount, parts: RecallParts, { lines, data }: RecallMemory): void {
  mount(contract.checkRecalls, {
    handle: async (call) => {
      const { near } = call.context.database
      const ids = (await parts.businessesOfCall(call, call.body.business_id)).map(({ id }) => id)
      const state = await data.state(near, ids)
      const today = new Date(call.context.clock()).toISOString().slice(0, 10)
      const verdicts: contract.RecallVerdict[] = []
      for (const scan of call.body.scans) {
        const result = parts.validate(carriersOf(scan), {
          requisites: 'warn',
          zero_suppressed_gtin: true,
          today,
        })
        const item = readableItem(result, typeof scan === 'string' ? {} : scan)
        if (item === undefined) {
          const sentence = unreadableSentence(result)
          verdicts.push({ verdict: 'unreadable', sentence, missing: [], matches: [], result })
          continue
        }
        const found = await verdictFor(near, lines, item, ids)
        verdicts.push({ ...found, sentence: sentenceFor(found, item, state), result })
      }
      return { verdicts, data: state }
    },
  })
}

interface Scan extends TypedFacts {
  carriers: string[]
}

function carriersOf(scan: string | Scan): string[] {
  return typeof scan === 'string' ? [scan] : scan.carriers
}

/**
 * What a result tells of its item. Where an identifier that the verdict goes by was read wrongly, nothing may be said:
 * a lot with a character too many is another lot.
 */
function readableItem(result: Gs1Result, typed: TypedFacts) {
  const decisive = new Set(['01', '02', '03', '8006', '10', '21', '11', '13', '15', '16', '17', '7003'])
  if (result.errors.some(({ ai }) => ai === null || decisive.has(ai))) return undefined
  return itemOf(result, typed)
}
