import { prepareZXingModule, readBarcodes, type ReaderOptions, type ReadResult } from 'zxing-wasm/reader'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { carrierText } from './carrier-text.ts'
import type { ReadAnswer, ReadRequest } from './scan-protocol.ts'

/** What goods carry. Fewer formats are quicker: all of them cost eight times as much on an empty frame. */
const formats: NonNullable<ReaderOptions['formats']> = [
  'DataMatrix',
  'QRCode',
  'EAN13',
  'EAN8',
  'UPCA',
  'UPCE',
  'Code128',
  'ITF14',
  'DataBar',
]

const film: ReaderOptions = { formats, tryHarder: true, tryInvert: false, maxNumberOfSymbols: 4 }
const still: ReaderOptions = { ...film, tryInvert: true, tryDenoise: true, maxNumberOfSymbols: 8 }

// The package would fetch its wasm from the network; ours lies beside the page.
const ready = prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true })
// The first picture is the slowest, so it is an empty one that nobody waits for.
void ready.then(() => readBarcodes(new ImageData(640, 480), film)).catch(() => undefined)

addEventListener('message', ({ data }: MessageEvent<ReadRequest>) => {
  void answer(data).then((reply) => postMessage(reply))
})

async function answer({ id, width, height, pixels, thorough }: ReadRequest): Promise<ReadAnswer> {
  const from = performance.now()
  try {
    await ready
    const image = new ImageData(new Uint8ClampedArray(pixels), width, height)
    const found = await readBarcodes(image, thorough ? still : film)
    const valid = found.filter(({ isValid }) => isValid).toSorted(nearTo(width / 2, height / 2))
    return { id, carriers: [...new Set(valid.map(carrierText))], took: performance.now() - from }
  } catch (error) {
    return { id, carriers: [], took: performance.now() - from, error: String(error) }
  }
}

function nearTo(x: number, y: number): (one: ReadResult, other: ReadResult) => number {
  const far = ({ position: { topLeft, bottomRight } }: ReadResult): number =>
    Math.hypot((topLeft.x + bottomRight.x) / 2 - x, (topLeft.y + bottomRight.y) / 2 - y)
  return (one, other) => far(one) - far(other)
}
