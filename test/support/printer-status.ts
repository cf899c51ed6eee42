/** What a printer can be asked about, and what staff can do to it. */
export interface PrinterState {
  paperOut: boolean
  paperNearEnd: boolean
  coverOpen: boolean
  cutterError: boolean
  /** The signal of the drawer's switch. */
  drawerSignal: boolean
}

export function isOffline({ paperOut, coverOpen, cutterError }: PrinterState): boolean {
  return paperOut || coverOpen || cutterError
}

/** The answer to `DLE EOT n`: bits 1 and 4 are always set, so that it is told from everything else. */
export function realTimeStatus(n: number, state: PrinterState): Buffer {
  const bits = {
    1: bit(2, state.drawerSignal) | bit(3, isOffline(state)),
    2: bit(2, state.coverOpen) | bit(5, state.paperOut) | bit(6, state.cutterError),
    3: bit(3, state.cutterError),
    4: (state.paperNearEnd || state.paperOut ? 0x0c : 0) | (state.paperOut ? 0x60 : 0),
  }[n]
  return bits === undefined ? Buffer.alloc(0) : Buffer.from([0x12 | bits])
}

/** Automatic status back: four bytes, the first with bit 4 set and bits 0, 1 and 7 clear. */
export function automaticStatus(state: PrinterState): Buffer {
  const first = 0x10 | bit(2, state.drawerSignal) | bit(3, isOffline(state)) | bit(5, state.coverOpen)
  return Buffer.from([first, bit(3, state.cutterError), paperBits(state), 0])
}

/** The answer to `GS r n`, in its place among the commands. */
export function orderedStatus(n: number, state: PrinterState): Buffer {
  if (n === 1 || n === 49) return Buffer.from([paperBits(state)])
  return n === 2 || n === 50 ? Buffer.from([bit(0, state.drawerSignal)]) : Buffer.alloc(0)
}

function paperBits({ paperNearEnd, paperOut }: PrinterState): number {
  return (paperNearEnd || paperOut ? 0x03 : 0) | (paperOut ? 0x0c : 0)
}

function bit(n: number, isSet: boolean): number {
  return isSet ? 1 << n : 0
}
