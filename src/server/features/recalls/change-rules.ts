import type { BodyOf } from '#contract/endpoint.ts'
import type { changeRecall } from '#contract/recalls.ts'
import { invalid } from './recall-rules.ts'
import type { RecallRow } from './table.ts'

/**
 * What may become of a recall. A draft is corrected freely and put in force; what is in force is revised or closed,
 * both with a reason; what is closed stays so. Throws 422 with the sentence.
 */
export function refuseIllegalChange(row: RecallRow, body: BodyOf<typeof changeRecall>): void {
  if (row.status === 'closed') {
    throw invalid(
      'status',
      'This recall is closed and stays as it is. Enter a new one if goods are recalled again.',
    )
  }
  if (row.status === 'draft') {
    if (body.status === 'closed') throw invalid('status', 'A draft was never in force. Delete it instead.')
    return
  }
  const isRevised = body.notice !== undefined || body.lines !== undefined
  if (body.status === 'active' && !isRevised) throw invalid('status', 'This recall is in force already.')
  if (isRevised && !body.reason) throw invalid('reason', 'A recall in force is revised with a reason.')
  if (body.status === 'closed' && !body.reason) throw invalid('reason', 'Closing a recall needs a reason.')
}
