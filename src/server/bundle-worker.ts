import { parentPort, workerData } from 'node:worker_threads'
import type { BundleRequest } from '#contract/export-bundles.ts'
import type { QrCodeFormat } from '#contract/qr-codes.ts'
import { drawCode, plainSize } from './code-files/draw-code.ts'
import { readLogo, type LogoPicture } from './code-files/logo-picture.ts'
import type { BundleItem, Drawers, DrawnFile } from './features/exports/bundle-item.ts'
import type { BundleStart } from './features/exports/bundle-messages.ts'
import { prepareReader, readBack, readBackStrokes } from './code-files/read-back.ts'
import { refuseStyleOf } from './code-files/refuse-style.ts'
import { safeFileName } from './features/exports/file-names.ts'
import { serveBundleWorker } from './features/exports/serve-bundle-worker.ts'
import { cardFiles, type CardItem } from './features/wallet/card-files.ts'
import { signerWith } from './features/wallet/sign-card.ts'

/** The thread in which bundles are built: here what draws and what packs meet. */
const port = parentPort
if (port === null) throw new Error('This file is started as a worker thread.')

const reader = prepareReader((workerData as BundleStart).readerWasm)
// Heard where it is waited for.
reader.catch(() => undefined)

/** Pixels a side at which a code that is drawn in lines is read. */
const enoughToRead = 512

/** The logo of a bundle is the same for all its codes. */
const logos = new Map<string, Promise<LogoPicture>>()

function logoOf({ logo }: BundleItem): Promise<LogoPicture> | undefined {
  if (logo === null) return undefined
  let picture = logos.get(logo)
  if (picture === undefined) {
    logos.clear()
    picture = readLogo(logo)
    logos.set(logo, picture)
  }
  return picture
}

const endings: Record<QrCodeFormat, { ending: string; packs: boolean }> = {
  svg: { ending: '.svg', packs: true },
  png: { ending: '.png', packs: false },
  pdf: { ending: '.pdf', packs: false },
  eps: { ending: '.eps', packs: true },
}

/** Only pages show a code; it is read off the page itself. */
async function filesOfCard(
  item: BundleItem,
  { formats, verify = true }: BundleRequest,
): Promise<DrawnFile[]> {
  const { card } = item.row as CardItem
  const files = await cardFiles(item.row as CardItem, {
    formats,
    name: safeFileName(item.name),
    codeText: item.text,
    sign: (format) => sign(format, card, item.text, Date.now()),
  })
  const drawn: DrawnFile[] = []
  for (const { format, ending, body } of files) {
    const receipt = verify && format === 'html' ? await readBackStrokes(body, item.text) : null
    drawn.push({ ending, body, receipt, packs: format !== 'apple' })
  }
  return drawn
}

/** Of the bundle that is being made. */
let sign = signerWith({})

const drawers: Drawers = {
  begin: (keys) => {
    sign = signerWith(keys)
  },
  files: async (kind, item, request) => {
    await reader
    if (kind === 'wallet_cards') return filesOfCard(item, request)
    const { formats = ['svg'], size = plainSize, verify = true } = request
    const logo = await logoOf(item)
    refuseStyleOf(item.text, item.style, { logoRatio: logo && logo.height / logo.width })
    // What is read is the picture itself; files of lines are drawn from the same modules, shapes and logo.
    const isPictured = formats.includes('png')
    const seen = isPictured ? size : Math.min(size, enoughToRead)
    const picture = await drawCode(item.text, 'png', item.style, { size: seen, logo })
    const receipt = verify ? await readBack(picture.body, item.text) : null
    const files: DrawnFile[] = []
    for (const format of formats as QrCodeFormat[]) {
      const { body } =
        format === 'png' ? picture : await drawCode(item.text, format, item.style, { size, logo })
      files.push({ ...endings[format], body, receipt })
    }
    return files
  },
  receipt: async (item) => {
    await reader
    const parts = { size: enoughToRead, logo: await logoOf(item) }
    return readBack((await drawCode(item.text, 'png', item.style, parts)).body, item.text)
  },
}

serveBundleWorker(port, drawers)
