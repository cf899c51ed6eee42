import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { prepareZXingModule, readBarcodes, type ReadResult } from 'zxing-wasm/reader'

let prepared: Promise<unknown> | undefined

/** The texts of all codes in a PNG, by a reader that shares no code with what draws them. */
export async function readCodes(png: Uint8Array): Promise<string[]> {
  return (await readBarcodesIn(png)).map(({ text }) => text)
}

/** All that the reader says of each code. */
export async function readBarcodesIn(png: Uint8Array): Promise<ReadResult[]> {
  prepared ??= prepareReader()
  await prepared
  return readBarcodes(png, { tryHarder: true })
}

/** The reader would fetch its binary from the network. */
function prepareReader(): Promise<unknown> {
  const path = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'))
  const wasmBinary = new Uint8Array(readFileSync(path)).buffer
  return prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}
