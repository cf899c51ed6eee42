import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id } from './fields.ts'
import { QrAdvice, QrStyle } from './qr-style.ts'

export const QrCodeFormat = Type.Enum(['svg', 'png', 'pdf', 'eps'])
export type QrCodeFormat = Static<typeof QrCodeFormat>

/** What an independent reader found on the finished file. */
export const QrReceipt = Type.Object({
  /** Whether the text that was read is the text that was meant, byte for byte. */
  read: Type.Boolean(),
  /** The reader and its version. */
  reader: Type.String(),
  version: Type.Integer(),
  ecc: Type.Enum(['L', 'M', 'Q', 'H']),
  bytes: Type.Integer(),
  sha256: Type.String(),
})
export type QrReceipt = Static<typeof QrReceipt>

/** The studio: any text in any style, judged before it is drawn. Nothing is stored. */
export const drawQrCode = defineEndpoint({
  tag: 'QR codes',
  access: 'token',
  scope: 'links:read',
  throttle: 'user-api',
  name: 'drawQrCode',
  method: 'POST',
  path: '/api/qr-codes/draw',
  summary: 'A code of any text as a file; 422 with advice where phones could not read it',
  body: Type.Object({
    text: Type.String({ minLength: 1, maxLength: 7_000 }),
    format: Type.Optional(QrCodeFormat),
    size: Type.Optional(Type.Integer({ minimum: 64, maximum: 8_192 })),
    style: Type.Optional(QrStyle),
    preset_id: Type.Optional(Id),
    logo: Type.Optional(Type.String({ maxLength: 700_000 })),
  }),
  status: 200,
  produces: ['image/svg+xml', 'image/png', 'application/pdf', 'application/postscript'],
})

export const judgeQrCode = defineEndpoint({
  tag: 'QR codes',
  access: 'token',
  scope: 'links:read',
  throttle: 'user-api',
  name: 'judgeQrCode',
  method: 'POST',
  path: '/api/qr-codes/judge',
  summary: 'What is wrong with a style by arithmetic, and what a reader read off the finished picture',
  body: Type.Object({
    text: Type.String({ minLength: 1, maxLength: 7_000 }),
    size: Type.Optional(Type.Integer({ minimum: 64, maximum: 8_192 })),
    style: Type.Optional(QrStyle),
    logo: Type.Optional(Type.String({ maxLength: 700_000 })),
  }),
  status: 200,
  reply: Type.Object({ advice: Type.Array(QrAdvice), receipt: QrReceipt }),
})
