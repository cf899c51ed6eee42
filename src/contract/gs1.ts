import { Type, type Static } from 'typebox'
import { defineEndpoint, type BodyOf } from './endpoint.ts'
import { Nullable } from './fields.ts'

/** What an input was taken for. */
export const Gs1Kind = Type.Enum(['bracketed', 'element_string', 'scan', 'digital_link', 'gtin', 'unknown'])
export type Gs1Kind = Static<typeof Gs1Kind>

export const Gs1Finding = Type.Object({
  /** Stable and machine-readable, such as `check_digit`, `unknown_ai`, `required_ai`. */
  code: Type.String(),
  /** A sentence for a person. */
  message: Type.String(),
  ai: Nullable(Type.String()),
  /** Where in the AI's value it is wrong, from 0, and over how many characters; null where it is about the whole. */
  value_position: Nullable(Type.Integer()),
  /** Where in the input, from 0; null where the input was rewritten before it was looked at. */
  position: Nullable(Type.Integer()),
  length: Type.Integer(),
  /** Which of several carriers, from 0. */
  carrier: Type.Integer(),
})
export type Gs1Finding = Static<typeof Gs1Finding>

export const Gs1Element = Type.Object({
  ai: Type.String(),
  title: Type.String(),
  value: Type.String(),
  /** The value for people: a date as ISO 8601, a weight with its unit, an amount with its currency. */
  display: Type.String(),
  carrier: Type.Integer(),
})
export type Gs1Element = Static<typeof Gs1Element>

export const Gs1Result = Type.Object({
  valid: Type.Boolean(),
  kind: Gs1Kind,
  /** AIM symbology identifier without `]`, as scanned: `d2`. */
  symbology: Nullable(Type.String()),
  /** 14 digits; null where there is none. */
  gtin: Nullable(Type.String()),
  elements: Type.Array(Gs1Element),
  /** `(01)09506000134376(10)ABC`, in the normal order; null where nothing could be read. */
  element_string: Nullable(Type.String()),
  /** `^010950600013437610ABC`, FNC1 as `^`. */
  unbracketed: Nullable(Type.String()),
  digital_link: Nullable(Type.String()),
  digital_link_compressed: Nullable(Type.String()),
  /** Human readable interpretation, a line an element: `(01) 09506000134376`. */
  hri: Type.Array(Type.String()),
  errors: Type.Array(Gs1Finding),
  warnings: Type.Array(Gs1Finding),
  /** Query parameters of a Digital Link that are no GS1 data. */
  ignored_parameters: Type.Array(Type.String()),
  /** Version of the table of application identifiers that judged. */
  dictionary_version: Type.String(),
})
export type Gs1Result = Static<typeof Gs1Result>

const oneInput = Type.String({ maxLength: 8000, 'x-raw': true })

export const validateGs1 = defineEndpoint({
  name: 'validateGs1',
  method: 'POST',
  path: '/api/gs1/validate',
  summary: 'Read and judge a barcode’s content; a wrong barcode is a 200 with `valid: false`',
  tag: 'GS1',
  access: 'token',
  scope: 'passports:read',
  throttle: 'user-api',
  body: Type.Object({
    /** One carrier, or all the carriers of one item: they are judged together. */
    input: Type.Union([oneInput, Type.Array(oneInput, { minItems: 1, maxItems: 20 })], { 'x-raw': true }),
    kind: Type.Optional(Type.Enum(['auto', 'bracketed', 'element_string', 'scan', 'digital_link', 'gtin'])),
    options: Type.Optional(
      Type.Object({
        /** Pairs that must go together, over all carriers given. */
        requisites: Type.Optional(Type.Enum(['error', 'warn', 'off'])),
        unknown_ais: Type.Optional(Type.Enum(['reject', 'allow'])),
        /** A GTIN of a Digital Link with its leading zeros left out. */
        zero_suppressed_gtin: Type.Optional(Type.Boolean()),
        /** What Digital Links are made on; `https://id.gs1.org` unless said. */
        digital_link_stem: Type.Optional(Type.String({ maxLength: 500 })),
        /** The day that two-digit years are reckoned from. */
        today: Type.Optional(Type.String({ format: 'date' })),
      }),
    ),
  }),
  status: 200,
  reply: Type.Object({ result: Gs1Result }),
})

export type Gs1Options = NonNullable<BodyOf<typeof validateGs1>['options']>

/** The engine, as app.ts hands it to the features that read barcodes: one carrier, or all those of one item. */
export type ValidateGs1 = (input: string | readonly string[], options?: Gs1Options) => Gs1Result
