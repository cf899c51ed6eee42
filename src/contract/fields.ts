import { Type, type TSchema } from 'typebox'

/** An opaque id. Ours are UUIDv7; a client must not look inside. */
export const Id = Type.String({ minLength: 1, maxLength: 64 })

/** ISO 8601 in UTC with microseconds, `2026-11-23T09:30:00.000000Z`. */
export const Timestamp = Type.String({ format: 'date-time' })

/** A schema that also takes null; the validator reads it as Laravel's `nullable`. */
export function Nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

/** `?page=` and `?per_page=` of every list. A page that is no positive integer counts as 1, as in Laravel. */
export const pageQuery = {
  page: Type.Optional(
    Type.Unsafe<number | string>({ description: 'Page number, from 1; anything else means 1.' }),
  ),
  per_page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 25 })),
}

export const IdParams = Type.Object({ id: Id })
