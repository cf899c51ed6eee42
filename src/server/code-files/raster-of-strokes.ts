/** Pixels as a reader of barcodes takes them, red, green, blue and alpha. */
export interface Raster {
  data: Uint8ClampedArray<ArrayBuffer>
  width: number
  height: number
  colorSpace: 'srgb'
}

/** The frame of a code and its strokes, black on white, as `drawSvg` writes plain ones. */
const strokedCode =
  /viewBox="0 0 (\d{1,3}) \1">(?:<title>[^<]*<\/title>)?<path fill="#ffffff" d="M0 0h\1v\1H0z"\/><path stroke="#000000" shape-rendering="crispEdges" d="([^"]+)"\/>/

/** Pixels a module for what is painted here without a blur at any edge. */
const enoughStroked = 2

/** The plain code that stands in an SVG or HTML file, as its strokes draw it; undefined where there is none. */
export function rasterOfStrokes(file: string): Raster | undefined {
  const [, frame, path] = strokedCode.exec(file) ?? []
  if (frame === undefined || path === undefined) return undefined
  const width = Number(frame) * enoughStroked
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  const words = new Uint32Array(data.buffer)
  paintStrokes(path, (x, y, length) => {
    const from = (y - 0.5) * enoughStroked * width + x * enoughStroked
    for (let row = 0; row < enoughStroked; row++) {
      words.fill(0xff00_0000, from + row * width, from + row * width + length * enoughStroked)
    }
  })
  return { data, width, height: width, colorSpace: 'srgb' }
}

const [letterM, letterm, letterh, blank, minus, dot] = Buffer.from('Mmh -.')

/** Walks over a path of `M`, `m` and `h` and tells its lines, in the units of the file. */
function paintStrokes(path: string, line: (x: number, y: number, length: number) => void): void {
  let [x, y] = [0, 0]
  for (let at = 0; at < path.length;) {
    const command = path.charCodeAt(at++)
    const end = endOfNumber(path, at)
    const first = Number(path.slice(at, end))
    at = end
    if (command === letterh) {
      line(x, y, first)
      x += first
      continue
    }
    if ((command !== letterM && command !== letterm) || path.charCodeAt(at) !== blank) return
    const last = endOfNumber(path, at + 1)
    const second = Number(path.slice(at + 1, last))
    at = last
    ;[x, y] = command === letterM ? [first, second] : [x + first, y + second]
  }
}

function endOfNumber(path: string, from: number): number {
  let at = from
  for (; at < path.length; at++) {
    const sign = path.charCodeAt(at)
    if ((sign < 48 || sign > 57) && sign !== minus && sign !== dot) break
  }
  return at
}
