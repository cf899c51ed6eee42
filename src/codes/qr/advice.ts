import { placeLogo, plainStyle, type CodeStyle } from './code-style.ts'
import type { QrCode } from './encode-qr.ts'
import { logoDamage } from './logo-damage.ts'

/** What is wrong with how a code would be drawn. `error`: phones cannot be counted on to read it. */
export interface CodeAdvice {
  code:
    | 'contrast_low'
    | 'contrast_weak'
    | 'inverted'
    | 'quiet_zone_small'
    | 'quiet_zone_missing'
    | 'logo_too_big'
    | 'logo_tight'
    | 'modules_small'
    | 'dense'
    | 'colours_alike'
    | 'finder_round'
  severity: 'error' | 'warning'
  /** What is wrong and what to change. */
  message: string
  /** The field of the style that mends it, and what would. */
  field: string
  suggestion?: string | number
}

export interface CodeUse {
  /** Pixels a side of the finished picture; left out for what is drawn by lines. */
  pixels?: number | undefined
  /** Height over width of the logo; left out without one. */
  logoRatio?: number | undefined
}

/** Below three nothing is sure, below six cheap cameras in bad light fail (WCAG's ratio, 1 to 21). */
const contrastLimits = { error: 3, warning: 6 }
const quietLimits = { error: 2, warning: 4 }
/** Shares of what the worst block can mend. */
const damageLimits = { error: 0.9, warning: 0.6 }
const fewestPixels = 4
/** From version 15 (77 modules) on a code of two centimetres has modules that office printers smear. */
const denseVersion = 15

/**
 * Judges by arithmetic what decoding a perfect picture cannot: a reader on a screen takes yellow on white and a code
 * without a quiet zone. Errors first; none where nothing is wrong.
 */
export function adviceFor(code: QrCode, style: CodeStyle, use: CodeUse = {}): CodeAdvice[] {
  const advice = [
    ...colourAdvice(style),
    ...quietAdvice(style),
    ...finderAdvice(style),
    ...logoAdvice(code, style, use),
    ...sizeAdvice(code, style, use),
  ]
  return advice.toSorted((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'))
}

function colourAdvice(style: CodeStyle): CodeAdvice[] {
  const { foreground = plainStyle.foreground, background = plainStyle.background } = style
  const found: CodeAdvice[] = []
  for (const [field, colour] of [
    ['foreground', foreground],
    ['finder_colour', style.finder_colour ?? foreground],
  ] as const) {
    if (field === 'finder_colour' && colour === foreground) continue
    const ratio = contrast(colour, background)
    const says = `${colour} on ${background} has a contrast of ${ratio.toFixed(1)} to 1.`
    if (luminance(colour) > luminance(background)) {
      found.push({
        code: 'inverted',
        severity: 'error',
        message: `${colour} is lighter than ${background}, and many readers want dark on light. Swap the two colours.`,
        field,
        suggestion: background,
      })
    } else if (ratio < contrastLimits.error) {
      found.push({
        code: 'contrast_low',
        severity: 'error',
        message: `${says} Phones need 3 at the least and read well from 6 on. Choose a darker colour.`,
        field,
        suggestion: darker(colour, background),
      })
    } else if (ratio < contrastLimits.warning) {
      found.push({
        code: 'contrast_weak',
        severity: 'warning',
        message: `${says} In bad light 6 is better. Choose a darker colour.`,
        field,
        suggestion: darker(colour, background),
      })
    }
  }
  return found
}

function quietAdvice({ margin = plainStyle.margin }: CodeStyle): CodeAdvice[] {
  if (margin >= quietLimits.warning) return []
  const isMissing = margin < quietLimits.error
  return [
    {
      code: isMissing ? 'quiet_zone_missing' : 'quiet_zone_small',
      severity: isMissing ? 'error' : 'warning',
      message: `The quiet zone is ${margin} modules wide. The standard asks for 4, or what stands beside the code runs into it.`,
      field: 'margin',
      suggestion: quietLimits.warning,
    },
  ]
}

/** Measured: zbar misses one code in twenty with round finders, none with rounded ones. */
function finderAdvice({ finder }: CodeStyle): CodeAdvice[] {
  if (finder !== 'circle') return []
  return [
    {
      code: 'finder_round',
      severity: 'warning',
      message:
        'Some readers miss a code with round corner marks now and then. Rounded ones are read as surely as square ones.',
      field: 'finder',
      suggestion: 'rounded',
    },
  ]
}

function logoAdvice(code: QrCode, style: CodeStyle, { logoRatio }: CodeUse): CodeAdvice[] {
  if (logoRatio === undefined) return []
  const { worstShare, hitsFrame } = logoDamage(code, placeLogo(code.size, logoRatio, style))
  const share = `${Math.round(worstShare * 100)} %`
  const wayOut = code.level === 'H' ? 'Make it smaller.' : 'Make it smaller, or choose level H.'
  if (hitsFrame || worstShare > damageLimits.error) {
    return [
      {
        code: 'logo_too_big',
        severity: 'error',
        message: hitsFrame
          ? 'The logo covers corners without which a code is not found. Make it smaller.'
          : `The logo takes ${share} of what the code can mend, so nothing is left for dirt and scratches. ${wayOut}`,
        ...mendLogo(code, style, logoRatio),
      },
    ]
  }
  if (worstShare <= damageLimits.warning) return []
  return [
    {
      code: 'logo_tight',
      severity: 'warning',
      message: `The logo takes ${share} of what the code can mend. ${wayOut}`,
      ...mendLogo(code, style, logoRatio),
    },
  ]
}

/** Level H where it is not chosen yet; else the largest logo that leaves enough. */
function mendLogo(code: QrCode, style: CodeStyle, ratio: number): Pick<CodeAdvice, 'field' | 'suggestion'> {
  if (code.level !== 'H') return { field: 'ecc', suggestion: 'H' }
  for (let share = style.logo_size ?? plainStyle.logo_size; share >= 0.1; share -= 0.01) {
    const place = placeLogo(code.size, ratio, { ...style, logo_size: share })
    const { worstShare, hitsFrame } = logoDamage(code, place)
    if (!hitsFrame && worstShare <= damageLimits.warning)
      return { field: 'logo_size', suggestion: Number(share.toFixed(2)) }
  }
  return { field: 'logo_size', suggestion: 0.1 }
}

function sizeAdvice(
  code: QrCode,
  { margin = plainStyle.margin }: CodeStyle,
  { pixels }: CodeUse,
): CodeAdvice[] {
  const found: CodeAdvice[] = []
  const modules = code.size + 2 * margin
  if (pixels !== undefined && Math.floor(pixels / modules) < fewestPixels) {
    found.push({
      code: 'modules_small',
      severity: 'warning',
      message: `At ${pixels} pixels a module is ${Math.floor(pixels / modules)} pixels wide. Make the picture at least ${modules * fewestPixels} pixels.`,
      field: 'size',
      suggestion: modules * fewestPixels,
    })
  }
  if (code.version >= denseVersion) {
    found.push({
      code: 'dense',
      severity: 'warning',
      message: `${code.size} by ${code.size} modules are a lot: print it at least ${Math.ceil((modules * 0.5) / 10)} cm wide, or put a short link into the code.`,
      field: 'text',
    })
  }
  return found
}

/** WCAG 2.2: relative luminance of an sRGB colour, 0 to 1. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

/** WCAG 2.2: 1 for the same colour, 21 for black and white. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light! + 0.05) / (dark! + 0.05)
}

/** The same hue, as dark as it takes. */
function darker(colour: string, background: string): string {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))
  for (let share = 0.95; share > 0; share -= 0.05) {
    const next = `#${parts
      .map((part) =>
        Math.round(part * share)
          .toString(16)
          .padStart(2, '0'),
      )
      .join('')}`
    if (contrast(next, background) >= contrastLimits.warning) return next
  }
  return '#000000'
}
