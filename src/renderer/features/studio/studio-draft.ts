import { adviceFor, type CodeAdvice } from '#codes/qr/advice.ts'
import { levelOf, plainStyle, type CodeLogo, type CodeStyle } from '#codes/qr/code-style.ts'
import { drawSvg } from '#codes/qr/draw-svg.ts'
import { encodeQr, QrTooLong, type QrCode } from '#codes/qr/encode-qr.ts'

/** What the studio works on. */
export interface StudioDraft {
  text: string
  style: CodeStyle
  logo: CodeLogo | undefined
  /** Pixels a side of the PNG. */
  size: number
  /** The preset it came from. */
  presetId: string | undefined
}

export const sizes = [256, 512, 1024, 2048, 4096] as const

export function newDraft(text: string): StudioDraft {
  return { text, style: {}, logo: undefined, size: 1024, presetId: undefined }
}

export interface Judged {
  /** Undefined for an empty text and for one that no code holds. */
  code: QrCode | undefined
  svg: string | undefined
  advice: CodeAdvice[]
  /** How many bytes the text has and how many fit, where it does not. */
  tooLong: { bytes: number; most: number } | undefined
}

/** The code of a draft and what is wrong with it; drawn here, with no question to the server. */
export function judge({ text, style, logo, size }: StudioDraft): Judged {
  const nothing = { code: undefined, svg: undefined, advice: [], tooLong: undefined }
  if (text === '') return nothing
  try {
    const code = encodeQr(text, { level: levelOf(style, logo !== undefined) })
    const advice = adviceFor(code, style, { pixels: size, logoRatio: logo?.ratio })
    return { code, svg: drawSvg(code, style, { logo }), advice, tooLong: undefined }
  } catch (error) {
    if (error instanceof QrTooLong) return { ...nothing, tooLong: { bytes: error.bytes, most: error.most } }
    throw error
  }
}

/** The draft with one piece of advice taken. */
export function mend(draft: StudioDraft, { code, field, suggestion }: CodeAdvice): StudioDraft {
  const { style } = draft
  if (code === 'inverted' && field === 'foreground') {
    const { foreground = plainStyle.foreground, background = plainStyle.background } = style
    return { ...draft, style: { ...style, foreground: background, background: foreground } }
  }
  if (field === 'size')
    return { ...draft, size: sizes.find((size) => size >= Number(suggestion)) ?? sizes.at(-1)! }
  return { ...draft, style: { ...style, [field]: suggestion } }
}
