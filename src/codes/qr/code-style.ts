/** How a code is drawn; what is left out is plain: black on white, four modules of quiet zone, squares. */
export interface CodeStyle {
  ecc?: 'L' | 'M' | 'Q' | 'H'
  /** Quiet zone in modules; ISO/IEC 18004 asks for four. */
  margin?: number
  /** `#rrggbb`, as the other colours. */
  foreground?: string
  background?: string
  shape?: 'square' | 'rounded' | 'dot'
  finder?: 'square' | 'rounded' | 'circle'
  finder_colour?: string
  /** Share of the code's width that the logo may take. */
  logo_size?: number
  /** A frame in the background's colour around the logo, in modules. */
  logo_margin?: number
}

export const plainStyle = {
  ecc: 'M',
  margin: 4,
  foreground: '#000000',
  background: '#ffffff',
  logo_size: 0.2,
  logo_margin: 1,
} as const

/** The style's own level; without one, a code with a logo takes the strongest, as the logo is a damage to be mended. */
export function levelOf({ ecc }: CodeStyle, hasLogo: boolean): 'L' | 'M' | 'Q' | 'H' {
  return ecc ?? (hasLogo ? 'H' : plainStyle.ecc)
}

/** A picture in the middle of a code. */
export interface CodeLogo {
  /** A `data:` address. */
  address: string
  /** Height over width. */
  ratio: number
}

/** Where a logo goes, in modules from the code's first, and the frame that is kept free around it. */
export interface LogoPlace {
  x: number
  y: number
  width: number
  height: number
  frame: number
}

/** The larger side takes the style's share; in the middle, whatever the shape. */
export function placeLogo(size: number, ratio: number, style: CodeStyle): LogoPlace {
  const longest = size * (style.logo_size ?? plainStyle.logo_size)
  const [width, height] = ratio > 1 ? [longest / ratio, longest] : [longest, longest * ratio]
  return {
    x: (size - width) / 2,
    y: (size - height) / 2,
    width,
    height,
    frame: style.logo_margin ?? plainStyle.logo_margin,
  }
}
