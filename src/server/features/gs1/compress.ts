import type { LinkParts } from './make-digital-link.ts'

export function compressDigitalLink(_parts: LinkParts, _stem?: string): string | null {
  return null
}
