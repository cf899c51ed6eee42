import type { FoundPrinter } from '#contract/printers.ts'
import { guessProfile } from './guess-profile.ts'
import { listUsbDevices, printerPortOf, usbAddressOf, type ListUsb } from './transports/usb-devices.ts'

/** Printers on USB cables. Windows keeps them to its spooler, so there they are found among its queues. */
export async function findUsbPrinters(
  _signal: AbortSignal,
  list: ListUsb = listUsbDevices,
  platform: NodeJS.Platform = process.platform,
): Promise<FoundPrinter[]> {
  if (platform === 'win32') return []
  const devices = await list()
  return devices
    .filter((device) => printerPortOf(device) !== undefined)
    .map((device) => {
      const name = [device.manufacturerName, device.productName].filter(Boolean).join(' ')
      return {
        name: name === '' ? `USB printer ${usbAddressOf({ ...device, serialNumber: null })}` : name,
        transport: 'usb',
        address: usbAddressOf(device),
        profile: guessProfile(name),
        found_by: 'USB',
      }
    })
}
