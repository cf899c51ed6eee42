import { Readable } from 'node:stream'
import { PayloadTooLarge, ValidationFailed } from '#contract/errors.ts'
import * as contract from '#contract/recalls.ts'
import type { Mount } from '../../http/mount.ts'
import type { NoticeDraft, ReadProblem } from './import/notice-draft.ts'
import { readNotices } from './import/read-notices.ts'
import { presentRecall } from './present.ts'
import type { RecallParts } from './recall-parts.ts'
import { checkedLines } from './recall-rules.ts'
import { insertRecall } from './store.ts'

/** A file of notices: the whole of openFDA's food recalls is 60 MB, which nobody confirms one by one. */
const largestFile = 20 * 1024 * 1024

/** Notices of a file become drafts: nothing that was parsed is in force before a person has confirmed it. */
export function serveImport(mount: Mount, parts: RecallParts): void {
  mount(contract.importRecalls, {
    handle: async (call) => {
      const business = await parts.businessOfCall(call, call.query.business_id)
      const bytes = await fileOf(call.request.body)
      const { format, drafts, problems } = readNotices(bytes, (digits) => parts.normaliseGtin(digits))
      const who = {
        by: await parts.nameOfCaller(call.db, call.identity),
        now: call.context.clock(),
        reason: null,
      }
      const made: contract.Recall[] = []
      for (const draft of drafts) {
        const row = await insertRecall(
          call.db,
          {
            businessId: business.id,
            isMock: false,
            source: 'import',
            passportId: null,
            notice: draft.notice,
            lines: usableLines(draft, parts, problems),
            status: 'draft',
          },
          who,
        )
        made.push(presentRecall(row, undefined))
      }
      call.afterCommit(() => {
        const [first] = made
        if (first)
          call.context.events.emit({ type: 'recalls.changed', business_id: business.id, id: first.id })
      })
      return { import: { format, drafts: made, problems } }
    },
  })
}

/** Lines of our own files are checked like those by hand; one that is wrong is left out and said. */
function usableLines({ lines, place }: NoticeDraft, { validate }: RecallParts, problems: ReadProblem[]) {
  return lines.flatMap((line) => {
    try {
      return checkedLines(validate, [line])
    } catch (error) {
      if (!(error instanceof ValidationFailed)) throw error
      const message = Object.values(error.errors ?? {})
        .flat()
        .join(' ')
      problems.push({ place, message: `A line was left out: ${message}` })
      return []
    }
  })
}

async function fileOf(body: unknown): Promise<Buffer> {
  // JSON was read already, by the server itself.
  if (!(body instanceof Readable)) return Buffer.from(JSON.stringify(body ?? ''))
  const parts: Buffer[] = []
  let size = 0
  // What is beyond is read and dropped: a stream that is left early takes the connection and the answer with it.
  for await (const part of body as AsyncIterable<Buffer>) {
    size += part.length
    if (size <= largestFile) parts.push(part)
  }
  if (size > largestFile) throw new PayloadTooLarge()
  return Buffer.concat(parts)
}
