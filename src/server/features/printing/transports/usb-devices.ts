import { PrinterProblem } from './transport.ts'

/** What we use of a USB device: WebUSB's names, and Linux's detaching of the kernel's own printer driver. */
export interface UsbDevice {
  vendorId: number
  productId: number
  manufacturerName: string | null
  productName: string | null
  serialNumber: string | null
  configurations: readonly UsbConfiguration[]
  open(): Promise<void>
  close(): Promise<void>
  selectConfiguration(value: number): Promise<void>
  claimInterface(number: number): Promise<void>
  releaseInterface(number: number): Promise<void>
  detachKernelDriver(number: number): Promise<void>
  transferIn(
    endpoint: number,
    length: number,
    timeout: number,
  ): Promise<{ data?: DataView | undefined; status: string }>
  transferOut(endpoint: number, data: Uint8Array<ArrayBuffer>, timeout: number): Promise<{ status: string }>
}

interface UsbConfiguration {
  configurationValue: number
  interfaces: readonly {
    interfaceNumber: number
    alternates: readonly {
      interfaceClass: number
      endpoints: readonly { endpointNumber: number; direction: string; type: string }[]
    }[]
  }[]
}

/** Lists what is plugged in. Only called when somebody looks for or prints on a USB printer. */
export type ListUsb = () => Promise<readonly UsbDevice[]>

/** The system's own, loaded here and not before: a machine without USB starts all the same. */
export const listUsbDevices: ListUsb = async () => {
  try {
    const { WebUSB } = await import('usb')
    return (await new WebUSB({ allowAllDevices: true }).getDevices()) as unknown as UsbDevice[]
  } catch (error) {
    // A machine, often a virtual one, without any USB.
    if (/bus\/usb\/devices\/? not found/.test(String(error))) return []
    throw new PrinterProblem(
      'This computer’s USB cannot be read. Restart the app, or reach the printer another way.',
    )
  }
}

/** Where a printer of class 7 (USB Device Class Definition for Printing Devices 1.1) takes and gives bytes. */
export interface UsbPrinterPort {
  configuration: number
  interface: number
  out: number
  /** Null for one that only listens. */
  in: number | null
}

/** Undefined for a device that is no printer. */
export function printerPortOf(device: UsbDevice): UsbPrinterPort | undefined {
  for (const { configurationValue, interfaces } of device.configurations) {
    for (const { interfaceNumber, alternates } of interfaces) {
      // The first alternate alone: others are for IPP over USB.
      const [first] = alternates
      if (first?.interfaceClass !== 7) continue
      const bulk = (direction: string): number | undefined =>
        first.endpoints.find((one) => one.type === 'bulk' && one.direction === direction)?.endpointNumber
      const out = bulk('out')
      if (out === undefined) continue
      return { configuration: configurationValue, interface: interfaceNumber, out, in: bulk('in') ?? null }
    }
  }
  return undefined
}

export interface UsbAddress {
  vendorId: number
  productId: number
  serialNumber: string | null
}

/** `04b8:0e15` or `04b8:0e15:serial number`, in hex as systems write them. */
export function readUsbAddress(address: string): UsbAddress | undefined {
  const [, vendor, product, serialNumber] =
    /^([0-9a-f]{4}):([0-9a-f]{4})(?::([\x20-\x7e]{1,126}))?$/i.exec(address) ?? []
  if (vendor === undefined || product === undefined) return undefined
  return {
    vendorId: Number.parseInt(vendor, 16),
    productId: Number.parseInt(product, 16),
    serialNumber: serialNumber ?? null,
  }
}

export function usbAddressOf({ vendorId, productId, serialNumber }: UsbAddress): string {
  const hex = (id: number): string => id.toString(16).padStart(4, '0')
  return [hex(vendorId), hex(productId), ...(serialNumber ? [serialNumber] : [])].join(':')
}
