import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Path of a file of reference data that lives beside the checkout, or undefined where it is absent.
 * Tests that need it skip and say so.
 */
export function sharedFile(name: string): string | undefined {
  const path = fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url))
  return existsSync(path) ? path : undefined
}
