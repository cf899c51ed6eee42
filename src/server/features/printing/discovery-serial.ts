import type { FoundPrinter } from '#contract/printers.ts'
import { guessProfile } from './guess-profile.ts'

/** What we use of a port in serialport's list. */
interface ListedPort {
  path: string
  manufacturer?: string | undefined
  pnpId?: string | undefined
}

async function listSerialPorts(): Promise<ListedPort[]> {
  const { SerialPort } = await import('serialport')
  return SerialPort.list()
}

/** Serial ports to which something may be wired; which of them has a printer, a person knows. */
export async function findSerialPorts(
  _signal: AbortSignal,
  list: () => Promise<ListedPort[]> = listSerialPorts,
): Promise<FoundPrinter[]> {
  const ports = await list().catch(() => {
    throw new Error('The serial ports of this computer cannot be listed.')
  })
  return (
    ports
      // Every PC has ttyS ports that lead nowhere; only what names its maker is worth showing.
      .filter(({ path, manufacturer, pnpId }) => !/^\/dev\/ttyS\d+$/.test(path) || manufacturer || pnpId)
      .map(({ path, manufacturer, pnpId }) => ({
        name: manufacturer ? `${manufacturer} (${path})` : path,
        transport: 'serial',
        address: `${path}?baud=19200`,
        profile: guessProfile(`${manufacturer ?? ''} ${pnpId ?? ''}`),
        found_by: 'A serial port; its speed must be as set at the printer',
      }))
  )
}
