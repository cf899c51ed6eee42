import type { Migration } from 'kysely/migration'
import * as foundation from './0001-foundation.ts'
import * as restaurant from './0002-restaurant.ts'
import * as products from './0003-products.ts'
import * as codesAndCards from './0004-codes-and-cards.ts'

/** Every migration by name, in order. Static, so that the bundled server carries them without a folder to read. */
export const migrations: Record<string, Migration> = {
  '0001-foundation': foundation,
  '0002-restaurant': restaurant,
  '0003-products': products,
  '0004-codes-and-cards': codesAndCards,
}
