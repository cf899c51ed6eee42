import type { RecallAction, RecallAnswer } from '#contract/recall-actions.ts'

/** What the check said, for people. Never "safe". */
const verdictWords = {
  recalled: 'RECALLED',
  possible: 'POSSIBLY RECALLED',
  not_listed: 'not listed',
  unreadable: 'could not be read',
} as const

/** `2026-11-23 09:30:00 UTC`. */
export function utcTime(at: string): string {
  return `${at.slice(0, 19).replace('T', ' ')} UTC`
}

/** The clock of the person who did it: `2026-11-23 10:30:00 +01:00`. `offset` in minutes. */
export function zonedTime(at: string, offset: number): string {
  const local = new Date(Date.parse(at) + offset * 60_000)
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60]
  const zone = `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
  return `${local.toISOString().slice(0, 19).replace('T', ' ')} ${zone}`
}

/** Who did it, and where it was not the account itself, which wrote it. */
export function personOf({ person, by, witness }: RecallAction): string {
  const who = person === null || person === by ? by : `${person} (recorded by ${by})`
  return witness === null ? who : `${who}, witness: ${witness}`
}

/** Everything an entry says beyond its row in the table, a sentence a line. */
export function actionDetails(action: RecallAction, numbers: ReadonlyMap<string, number>): string[] {
  const { supersedes_id, superseded_by_id, note, photos, hash } = action
  const numberOf = (id: string) => `No. ${numbers.get(id) ?? id}`
  return [
    superseded_by_id && `CORRECTED by ${numberOf(superseded_by_id)}; does not count.`,
    supersedes_id && `Corrects ${numberOf(supersedes_id)} and counts in its place.`,
    goodsOf(action),
    action.scan !== null && `Scanned: ${action.scan}`,
    answerOf(action),
    note && `Note: ${note}`,
    ...photos.map(
      ({ sha256, type, size }) => `Photo: ${type}, ${size.toLocaleString('en')} bytes, SHA-256 ${sha256}`,
    ),
    `Recorded ${utcTime(action.created_at)} under revision ${action.recall_revision} of the recall`,
    `SHA-256 ${hash}`,
  ].filter((line) => typeof line === 'string' && line !== '') as string[]
}

function goodsOf({ gtin, lot, serial }: RecallAction): string {
  const parts = [gtin && `GTIN ${gtin}`, lot && `lot ${lot}`, serial && `serial ${serial}`]
  const known = parts.filter((part) => part !== null && part !== '')
  return known.length === 0 ? '' : `Goods: ${known.join(', ')}`
}

function answerOf({ verdict, data_version, answer }: RecallAction): string {
  if (verdict === null) return ''
  const seen = `The check had answered: ${verdictWords[verdict]}`
  if (answer === null) return data_version === null ? seen : `${seen} (recall data ${data_version})`
  return `${seen} at ${utcTime(answer.checked_at)}, from ${ageOf(answer)}${matchesOf(answer)}`
}

function ageOf({ data }: RecallAnswer): string {
  const { version, criteria, changed_at, synced_at } = data
  const changed = changed_at ? `, last changed ${utcTime(changed_at)}` : ''
  const synced = synced_at ? `, last fetched ${utcTime(synced_at)}` : ''
  return `recall data ${version} with ${criteria.toLocaleString('en')} criteria${changed}${synced}`
}

function matchesOf({ matches }: RecallAnswer): string {
  return matches
    .map(
      ({ revision, line, reason }) =>
        `; line ${line + 1} of revision ${revision}${reason ? `: ${reason}` : ''}`,
    )
    .join('')
}
