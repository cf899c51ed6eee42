import { parentPort, workerData } from 'node:worker_threads'
import type { BundleItem, Drawers, DrawnFile } from './features/exports/bundle-item.ts'
import type { BundleStart } from './features/exports/bundle-messages.ts'
import { prepareReader, readBack } from './features/exports/read-back.ts'
import { refuseStyleOf } from './features/exports/refuse-style.ts'
import { serveBundleWorker } from './features/exports/serve-bundle-worker.ts'
import { drawPng, drawSvg, plainQrCode, type QrCodeOptions } from './features/qr-links/qr-code.ts'

/** The thread in which bundles are built: here what draws and what packs meet. */
const port = parentPort
if (port === null) throw new Error('This file is started as a worker thread.')

const reader = prepareReader((workerData as BundleStart).readerWasm)
// Heard where it is waited for.
reader.catch(() => undefined)

function optionsOf({ style }: BundleItem, size: number): QrCodeOptions {
  const { ecc, margin, foreground, background } = { ...plainQrCode, ...style }
  return { ecc, margin, foreground, background, size }
}

const drawers: Drawers = {
  files: async (_kind, item, { formats = ['svg'], size = 1024, verify = true }) => {
    await reader
    refuseStyleOf(item.text, item.style)
    const options = optionsOf(item, size)
    const picture = drawPng(item.text, options)
    const receipt = verify ? await readBack(picture, item.text) : null
    return formats.map((format): DrawnFile => {
      if (format === 'png') return { ending: '.png', body: picture, receipt, packs: false }
      return { ending: '.svg', body: Buffer.from(drawSvg(item.text, options)), receipt, packs: true }
    })
  },
  receipt: async (item) => {
    await reader
    return readBack(drawPng(item.text, optionsOf(item, 256)), item.text)
  },
}

serveBundleWorker(port, drawers)
