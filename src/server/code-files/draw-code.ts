import type { QrCodeFormat } from '#contract/qr-codes.ts'
import { levelOf, type CodeStyle } from '#codes/qr/code-style.ts'
import { drawSvg } from '#codes/qr/draw-svg.ts'
import { encodeQr, type QrCode } from '#codes/qr/encode-qr.ts'
import type { LogoPicture } from './logo-picture.ts'
import { writeEps } from './write-eps.ts'
import { writePdf } from './write-pdf.ts'
import { writePng } from './write-png.ts'

export const plainSize = 1024

interface CodeParts {
  /** Pixels a side, quiet zone included. */
  size?: number | undefined
  logo?: LogoPicture | undefined
}

interface CodeFile {
  type: string
  body: Buffer
}

const types: Record<QrCodeFormat, string> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  pdf: 'application/pdf',
  eps: 'application/postscript',
}

/** The modules of a text at the level of its style. Throws QrTooLong. */
export function codeOf(text: string, style: CodeStyle, hasLogo: boolean): QrCode {
  return encodeQr(text, { level: levelOf(style, hasLogo) })
}

/** A code as a file; the same input gives the same bytes. Throws QrTooLong. */
export async function drawCode(
  text: string,
  format: QrCodeFormat,
  style: CodeStyle,
  { size = plainSize, logo }: CodeParts = {},
): Promise<CodeFile> {
  const code = codeOf(text, style, logo !== undefined)
  const body = await bodyOf(code, format, style, { size, logo })
  return { type: types[format], body }
}

function bodyOf(
  code: QrCode,
  format: QrCodeFormat,
  style: CodeStyle,
  parts: { size: number; logo: LogoPicture | undefined },
): Promise<Buffer> | Buffer {
  const { size, logo } = parts
  switch (format) {
    case 'png':
      return writePng(code, style, parts)
    case 'pdf':
      return writePdf(code, style, parts)
    case 'eps':
      return writeEps(code, style, parts)
    default: {
      const picture = logo && { address: logo.address, ratio: logo.height / logo.width }
      return Buffer.from(drawSvg(code, style, { size, logo: picture }))
    }
  }
}
