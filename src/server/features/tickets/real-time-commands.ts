/**
 * Offset of the next thing that a printer would take for a command in real time even inside a picture, or -1:
 * `DLE EOT n` (status), `DLE ENQ n` (recover), `DLE DC4 n` (drawer, power off). Makers warn of them inside data.
 */
export function findRealTimeCommand(bytes: Buffer, from = 0): number {
  for (let at = bytes.indexOf(0x10, from); at >= 0; at = bytes.indexOf(0x10, at + 1)) {
    const next = bytes[at + 1]
    if (next === 0x04 || next === 0x05 || next === 0x14) return at
  }
  return -1
}

/**
 * Picture data in which no such command stands. 10h is one black dot among seven white ones: the dot beside it is
 * blackened too, an eighth of a millimetre that no eye sees and no QR code has (its modules are wider).
 */
export function withoutRealTimeCommands(data: Buffer): Buffer {
  let at = findRealTimeCommand(data)
  if (at < 0) return data
  const changed = Buffer.from(data)
  for (; at >= 0; at = findRealTimeCommand(changed, at + 1)) changed[at] = 0x18
  return changed
}
