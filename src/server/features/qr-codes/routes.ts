import { ValidationFailed } from '#contract/errors.ts'
import * as contract from '#contract/qr-codes.ts'
import type { QrStyle } from '#contract/qr-style.ts'
import { adviceFor } from '#codes/qr/advice.ts'
import { QrTooLong, type QrCode } from '#codes/qr/encode-qr.ts'
import { codeOf, drawCode } from '../../code-files/draw-code.ts'
import type { LogoPicture } from '../../code-files/logo-picture.ts'
import { prepareReader, readBack } from '../../code-files/read-back.ts'
import { refuseStyle } from '../../code-files/refuse-style.ts'
import { RawReply } from '../../http/call.ts'
import type { Mount } from '../../http/mount.ts'
import { logoOf, servePresets } from './presets-routes.ts'
import { findLook } from './presets-store.ts'
import type { QrCodeParts } from './qr-code-parts.ts'

/** Pictures with shapes or a logo are drawn in memory, four bytes a pixel. */
const largestDrawn = 4096

/** Codes of any text, and the looks they take. */
export function serveQrCodes(mount: Mount, parts: QrCodeParts): void {
  servePresets(mount, parts)
  let reader: Promise<void> | undefined
  mount(contract.drawQrCode, {
    handle: async (call) => {
      const { text, format = 'svg', size, style: asked, preset_id, logo: address } = call.body
      const look = preset_id === undefined ? undefined : await lookOf(call, parts, preset_id)
      const style = { ...look?.style, ...asked }
      const logo = await pictureOf(address ?? look?.logo ?? undefined)
      refuseStyle(modulesOf(text, style, logo), style, use(logo))
      refuseSize(size, style, logo)
      const { type, body } = await drawCode(text, format, style, { size, logo })
      return new RawReply(type, body, { 'Content-Disposition': `inline; filename="qr.${format}"` })
    },
  })
  mount(contract.judgeQrCode, {
    handle: async ({ body: { text, size, style = {}, logo: address } }) => {
      const logo = await pictureOf(address)
      const code = modulesOf(text, style, logo)
      const advice = adviceFor(code, style, { ...use(logo), pixels: size })
      await (reader ??= prepareReader(parts.readerWasm))
      refuseSize(size, style, logo)
      const { body } = await drawCode(text, 'png', style, { size: size ?? 512, logo })
      return { advice, receipt: await readBack(body, text) }
    },
  })
}

type LookCall = Parameters<QrCodeParts['businessesOfCall']>[0]

async function lookOf(call: LookCall, parts: QrCodeParts, id: string) {
  for (const business of await parts.businessesOfCall(call, undefined)) {
    const look = await findLook(call.db, id, business.id)
    if (look) return look
  }
  throw new ValidationFailed({ preset_id: ['There is no such preset.'] })
}

function pictureOf(address: string | undefined): Promise<LogoPicture | undefined> {
  return address === undefined ? Promise.resolve(undefined) : logoOf(address)
}

function use(logo: LogoPicture | undefined): { logoRatio: number | undefined } {
  return { logoRatio: logo && logo.height / logo.width }
}

/** Throws 422 for a text that no code holds. */
function modulesOf(text: string, style: QrStyle, logo: LogoPicture | undefined): QrCode {
  try {
    return codeOf(text, style, logo !== undefined)
  } catch (error) {
    if (error instanceof QrTooLong) throw new ValidationFailed({ text: [error.message] })
    throw error
  }
}

function refuseSize(size: number | undefined, style: QrStyle, logo: LogoPicture | undefined): void {
  const isDrawn = logo !== undefined || style.shape !== undefined || style.finder !== undefined
  if (isDrawn && (size ?? 0) > largestDrawn) {
    const message = `With shapes or a logo a picture is at most ${largestDrawn} pixels wide. Take SVG or PDF for more.`
    throw new ValidationFailed({ size: [message] })
  }
}
