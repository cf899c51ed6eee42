import type { Host } from '#contract/host.ts'
import { NeedsPerson, type JobTransport } from './transport.ts'

/**
 * The print dialog of this computer, as a last resort: a person chooses a printer in it, and nobody tells what became
 * of the ticket. `draw` gives the ticket as a PNG of eight dots to the millimetre.
 */
export function systemTransport(
  host: Pick<Host, 'printDocument'>,
  draw: (bytes: Buffer) => Buffer,
): JobTransport {
  return {
    kind: 'job',
    async print(bytes) {
      const html = pageOf(draw(bytes))
      await host.printDocument(html).catch((error: unknown) => {
        const sentence = error instanceof Error ? error.message : 'The print dialog could not be shown.'
        throw new NeedsPerson(sentence, 'error')
      })
      return 'sent'
    },
    find: async () => 'unknown',
    status: async () => ({ state: 'ready', reason: null }),
    proof: async () => 'none',
  }
}

const dotsPerMm = 8

/** The ticket dot for dot on a page of its own size; nothing in it can run or be fetched. */
function pageOf(png: Buffer): string {
  // Width and height of a PNG stand in its first block (PNG specification, 11.2.1).
  const [width, height] = [16, 20].map((at) => (png.readUInt32BE(at) / dotsPerMm).toFixed(2))
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`
  const style = `@page{size:${width}mm ${height}mm;margin:0}body{margin:0}img{display:block;width:${width}mm;image-rendering:pixelated}`
  const picture = `<img alt="" src="data:image/png;base64,${png.toString('base64')}">`
  return `<!doctype html><meta charset="utf-8">${policy}<title>Ticket</title><style>${style}</style>${picture}`
}
