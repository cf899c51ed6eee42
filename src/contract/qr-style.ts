import { Type, type Static } from 'typebox'

const Colour = Type.String({ pattern: '^#[0-9a-fA-F]{6}$' })

/** How a code is drawn, beside its text. Left out: black on white, level M, four modules of quiet zone, plain squares. */
export const QrStyle = Type.Object({
  ecc: Type.Optional(Type.Enum(['L', 'M', 'Q', 'H'])),
  /** Quiet zone in modules; the standard asks for four. */
  margin: Type.Optional(Type.Integer({ minimum: 0, maximum: 40 })),
  foreground: Type.Optional(Colour),
  background: Type.Optional(Colour),
  /** How a dark module is drawn; the finders are drawn by `finder`. */
  shape: Type.Optional(Type.Enum(['square', 'rounded', 'dot'])),
  finder: Type.Optional(Type.Enum(['square', 'rounded', 'circle'])),
  finder_colour: Type.Optional(Colour),
  /** Share of the code's width that the logo may cover, 0.1 to 0.3. */
  logo_size: Type.Optional(Type.Number({ minimum: 0.1, maximum: 0.3 })),
  /** A light frame around the logo, in modules. */
  logo_margin: Type.Optional(Type.Integer({ minimum: 0, maximum: 4 })),
})
export type QrStyle = Static<typeof QrStyle>

/** What is wrong with a style, in the order of how bad it is. `error`: such a code is not exported. */
export const QrAdvice = Type.Object({
  code: Type.Enum([
    'contrast_low',
    'contrast_weak',
    'inverted',
    'quiet_zone_small',
    'quiet_zone_missing',
    'logo_too_big',
    'logo_tight',
    'modules_small',
    'dense',
    'colours_alike',
    'finder_round',
  ]),
  severity: Type.Enum(['error', 'warning']),
  /** What is wrong and what to change, as a sentence. */
  message: Type.String(),
  /** The field of the style that mends it, and the value that would. */
  field: Type.String(),
  suggestion: Type.Optional(Type.Unsafe<string | number>({ type: ['string', 'number'] })),
})
export type QrAdvice = Static<typeof QrAdvice>
