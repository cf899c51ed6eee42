import fc, { type Arbitrary } from 'fast-check'

/** The parts of a JSON schema that our contract uses. */
interface Schema {
  type?: string
  enum?: unknown[]
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  patternProperties?: Record<string, Schema>
  format?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  'x-check'?: string
}

/** Texts that have broken servers before. */
const hostile: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '\u202e',
    '\ud800',
    '../../etc/passwd',
    "' or 1=1 --",
    '%',
    '%00',
    '{{7*7}}',
    '__proto__',
  ),
  fc.constantFrom(
    'null',
    'NaN',
    '1e309',
    '-0',
    '9'.repeat(40),
    '<img src=x onerror=alert(1)>',
    '=cmd()',
    '\r\nX-Evil: 1',
  ),
  fc.constantFrom(null, true, 0, -1, 1.5, 2 ** 53, [], {}, [[]], { a: { b: 1 } }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ minLength: 300, maxLength: 3000 }),
)

const good: Record<string, Arbitrary<unknown>> = {
  slug: fc.stringMatching(/^[a-z0-9]{3,20}$/),
  destination: fc.webUrl({ validSchemes: ['https'] }),
  domain: fc.constant('go.example.com'),
  timezone: fc.constantFrom('UTC', 'Europe/Berlin'),
  encoding: fc.constantFrom('utf-8', 'windows-1252'),
}

/** Values that a schema describes, with something hostile in place of one now and then. */
export function arbitraryFor(schema: Schema): Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary: fitting(schema) }, { weight: 1, arbitrary: hostile })
}

function fitting(schema: Schema): Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(arbitraryFor))
  const known = schema['x-check'] && good[schema['x-check']]
  if (known) return known
  switch (schema.type) {
    case 'object':
      return objectFor(schema)
    case 'array':
      return fc.array(arbitraryFor(schema.items ?? {}), { maxLength: 4 })
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -5, max: Math.min(schema.maximum ?? 500, 5000) })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return textFor(schema)
    default:
      return hostile
  }
}

function textFor(schema: Schema): Arbitrary<unknown> {
  if (schema.format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
  return fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 60, 60) })
}

function objectFor(schema: Schema): Arbitrary<unknown> {
  const values = schema.patternProperties && Object.values(schema.patternProperties)[0]
  if (values)
    return fc.dictionary(fc.constantFrom('0', '1', '7', 'x', 'links'), arbitraryFor(values), { maxKeys: 3 })
  const parts = Object.entries(schema.properties ?? {}).map(
    ([name, part]) => [name, arbitraryFor(part)] as const,
  )
  return fc.record(Object.fromEntries(parts), { requiredKeys: [] })
}
