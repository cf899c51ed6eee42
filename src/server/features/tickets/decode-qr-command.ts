/** What `GS ( k` has told the printer so far. */
export interface QrMemory {
  qrText: string
  qrModule: number
}

/** One `GS ( k` for QR codes (cn 49); the text when it says to print. */
export function decodeQrCommand(memory: QrMemory, body: Buffer): string | undefined {
  const [cn, fn] = body
  if (cn !== 0x31) return undefined
  if (fn === 0x43) memory.qrModule = Math.max(1, body[2] ?? 3)
  if (fn === 0x50) memory.qrText = body.subarray(3).toString('utf8')
  return fn === 0x51 ? memory.qrText : undefined
}
