import { Type } from 'typebox'

/** A price in minor units (cents); what one is, its currency says. Nothing costs more than ten million of the major unit. */
export const Price = Type.Integer({ minimum: 0, maximum: 1_000_000_000 })

/** A surcharge or, below zero, a reduction, in minor units. */
export const Surcharge = Type.Integer({ minimum: -1_000_000_000, maximum: 1_000_000_000 })

/** ISO 4217. */
export const Currency = Type.String({ pattern: '^[A-Z]{3}$' })
