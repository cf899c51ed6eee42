import type { TObject, TSchema } from 'typebox'
import * as businesses from './businesses.ts'
import * as device from './device.ts'
import type { Endpoint } from './endpoint.ts'
import * as imports from './imports.ts'
import * as qrLinks from './qr-links.ts'
import * as session from './session.ts'
import * as tokens from './tokens.ts'

type AnyEndpoint = Endpoint<TObject, TObject, TSchema, TSchema>

/** Every endpoint of the contract, in the order the OpenAPI document shows them. */
export const endpoints: readonly AnyEndpoint[] = [
  session,
  tokens,
  businesses,
  qrLinks,
  imports,
  device,
].flatMap((noun) => (Object.values(noun) as unknown[]).filter(isEndpoint))

function isEndpoint(value: unknown): value is AnyEndpoint {
  return (
    typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value
  )
}
