import type { FoundPrinter } from '#contract/printers.ts'
import { guessProfile } from './guess-profile.ts'
import type { LoadWinspool } from './transports/spooler.ts'
import { loadWinspool } from './transports/winspool.ts'

/** Printers of Windows that print onto files or into other programs. */
const notPaper = /\b(PDF|XPS|OneNote|Fax)\b/i

/** The queues of Windows. Empty elsewhere. */
export async function findWindowsQueues(
  _signal: AbortSignal,
  load: LoadWinspool = loadWinspool,
  platform: NodeJS.Platform = process.platform,
): Promise<FoundPrinter[]> {
  if (platform !== 'win32') return []
  const queues = await load()
    .then((spooler) => spooler.queues())
    .catch(() => {
      throw new Error('The printers of Windows cannot be listed. Is its print spooler running?')
    })
  return queues
    .filter((name) => name !== '' && !notPaper.test(name))
    .map((name) => ({
      name,
      transport: 'spooler',
      address: name,
      profile: guessProfile(name),
      found_by: 'The printers of Windows',
    }))
}
