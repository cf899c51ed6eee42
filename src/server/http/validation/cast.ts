import { isoMoment } from './dates.ts'
import { isContainer, toText } from './php-values.ts'
import { textOf, type Part, type Shape } from './shape.ts'

/** Casts the value of a union by the branch that takes it. */
type CastUnion = (union: Shape, value: unknown) => unknown

/**
 * A value that kept its rules, brought into the type its schema names, without what the schema does not name.
 * Laravel leaves `'7'` a text for the model to cast; here the handlers get what their types say.
 */
export function castTo(shape: Shape, value: unknown, castUnion: CastUnion): unknown {
  if (value === null && shape.kind !== 'object') return null
  switch (shape.kind) {
    case 'integer':
    case 'number':
      return Number(toText(value).trim())
    case 'boolean':
      return value === true || value === 1 || value === '1'
    case 'text':
      return shape.schema.format === 'date-time' ? (isoMoment(toText(value)) ?? value) : value
    case 'choice':
      return shape.choices.get(textOf(value))
    case 'list':
      return isContainer(value)
        ? Object.values(value).map((item) => castTo(shape.item, item, castUnion))
        : value
    case 'record':
      return castEntries(shape, value, castUnion)
    case 'object':
      return value === null && shape.nullable ? null : castParts(shape.parts, value, castUnion)
    case 'any-of':
      return castUnion(shape, value)
    default:
      return value
  }
}

function castEntries(
  { keys, item }: Shape & { kind: 'record' },
  value: unknown,
  castUnion: CastUnion,
): unknown {
  const entries = isContainer(value) ? Object.entries(value) : []
  return Object.fromEntries(
    entries
      .filter(([key]) => keys?.test(key) ?? true)
      .map(([key, one]) => [key, castTo(item, one, castUnion)]),
  )
}

function castParts(parts: readonly Part[], value: unknown, castUnion: CastUnion): unknown {
  const given = (isContainer(value) ? value : {}) as Record<string, unknown>
  const entries: [string, unknown][] = []
  for (const { name, shape } of parts) {
    if (Object.hasOwn(given, name) && given[name] !== undefined)
      entries.push([name, castTo(shape, given[name], castUnion)])
    else if (shape.schema.default !== undefined) entries.push([name, shape.schema.default])
  }
  return Object.fromEntries(entries)
}
