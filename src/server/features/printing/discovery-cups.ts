import type { FoundPrinter } from '#contract/printers.ts'
import { guessProfile } from './guess-profile.ts'
import { readIppAddress } from './transports/ipp-address.ts'
import { groups } from './transports/ipp-encoding.ts'
import { askIpp, operations } from './transports/ipp-request.ts'
import { NothingSent } from './transports/transport.ts'

/**
 * The queues of CUPS on this computer (CUPS-Get-Printers at port 631). No CUPS is no problem: most computers of a
 * shop have none.
 */
export async function findCupsQueues(
  signal: AbortSignal,
  address = 'ipp://localhost:631/',
): Promise<FoundPrinter[]> {
  const place = readIppAddress(address)
  if (!place) return []
  try {
    const response = await askIpp(place, {
      operation: operations.cupsGetPrinters,
      attributes: [
        {
          tag: 'keyword',
          name: 'requested-attributes',
          values: ['printer-name', 'printer-info', 'printer-make-and-model', 'printer-uri-supported'],
        },
      ],
      signal,
      wait: 3000,
    })
    return response.groups
      .filter(({ tag }) => tag === groups.printer)
      .flatMap(({ attributes }) => {
        const text = (name: string): string => String(attributes.get(name)?.[0] ?? '')
        const queue = text('printer-name')
        if (queue === '') return []
        const model = text('printer-make-and-model')
        return {
          name: text('printer-info') || queue,
          transport: 'ipp' as const,
          address: `ipp://localhost:631/printers/${encodeURIComponent(queue)}`,
          profile: guessProfile(`${model} ${queue}`),
          found_by: 'This computer’s print queues (CUPS)',
        }
      })
  } catch (error) {
    if (error instanceof NothingSent) return []
    throw new Error('This computer’s print queues (CUPS) did not answer.', { cause: error })
  }
}
