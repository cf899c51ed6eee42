/** The JSON schema keywords that input is described with. */
export interface JsonSchema {
  type?: string
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly JsonSchema[]
  allOf?: readonly JsonSchema[]
  properties?: Readonly<Record<string, JsonSchema>>
  required?: readonly string[]
  patternProperties?: Readonly<Record<string, JsonSchema>>
  additionalProperties?: JsonSchema | boolean
  minProperties?: number
  maxProperties?: number
  items?: JsonSchema | readonly JsonSchema[]
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  minLength?: number
  maxLength?: number
  pattern?: string
  format?: string
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  multipleOf?: number
  default?: unknown
  /** Name of a check of our own. */
  'x-check'?: string
  /** The text is taken to the letter: not trimmed, and empty is not null. */
  'x-raw'?: boolean
}

interface Common {
  schema: JsonSchema
  nullable: boolean
  raw: boolean
  /** An item of a list whose items must differ. */
  distinct: boolean
}

/** A schema sorted by what has to be done with it. */
export type Shape = Common &
  (
    | { kind: 'text' | 'integer' | 'number' | 'boolean' | 'anything' }
    /** Literals by their text, as a query sends them. */
    | { kind: 'choice'; choices: ReadonlyMap<string, unknown> }
    | { kind: 'list'; item: Shape }
    | { kind: 'record'; keys: RegExp | undefined; item: Shape }
    | { kind: 'object'; parts: readonly Part[] }
    | { kind: 'any-of'; branches: readonly JsonSchema[] }
  )

export interface Part {
  name: string
  required: boolean
  shape: Shape
}

/** Throws for kinds of schema that no input has (tuples, references, `not` and the like). */
export function shapeOf(schema: JsonSchema, path: string): Shape {
  const branches = schema.anyOf?.filter((branch) => branch.type !== 'null')
  const nullable = branches !== undefined && branches.length !== schema.anyOf?.length
  const [only] = branches ?? []
  if (branches?.length === 1 && only) {
    const inner = shapeOf({ ...only, ...without(schema, 'anyOf') }, path)
    return { ...inner, nullable: true }
  }
  const common = { schema, nullable, raw: schema['x-raw'] === true, distinct: false }
  const choices = choicesOf(schema, branches)
  if (choices) return { ...common, kind: 'choice', choices }
  if (branches) return { ...common, kind: 'any-of', branches }
  return { ...common, ...byType(schema, path) } as Shape
}

type ByType = Shape extends infer S ? Omit<S, keyof Common> : never

function byType(schema: JsonSchema, path: string): ByType {
  switch (schema.type) {
    case 'string':
      return { kind: 'text' } as ByType
    case 'integer':
    case 'number':
    case 'boolean':
      return { kind: schema.type } as ByType
    case 'array':
      return { kind: 'list', item: itemOf(schema, path) } as ByType
    case 'object':
      return objectOf(schema, path)
    case undefined:
      if (schema.allOf) return mergeOf(schema.allOf, path)
      if (Object.keys(schema).some((key) => structural.has(key))) break
      return { kind: 'anything' } as ByType
  }
  throw new TypeError(
    `${path || 'The input'} is described in a way that nothing checks: ${JSON.stringify(schema)}`,
  )
}

const structural = new Set(['$ref', 'not', 'oneOf', 'if', 'allOf', 'items', 'properties'])

function choicesOf(
  schema: JsonSchema,
  branches: readonly JsonSchema[] | undefined,
): Map<string, unknown> | undefined {
  if (schema.const !== undefined) return new Map([[textOf(schema.const), schema.const]])
  if (schema.enum) return new Map(schema.enum.map((value) => [textOf(value), value]))
  if (!branches || branches.length === 0) return undefined
  const literals = branches.map((branch) => choicesOf(branch, undefined))
  if (literals.some((one) => one === undefined)) return undefined
  return new Map(literals.flatMap((one) => [...(one ?? [])]))
}

/** A literal as a query would send it. */
export function textOf(literal: unknown): string {
  return typeof literal === 'string' ? literal : JSON.stringify(literal)
}

function itemOf(schema: JsonSchema, path: string): Shape {
  const { items } = schema
  if (items === undefined || 'length' in items) {
    throw new TypeError(`${path} is a list without one kind of item, which nothing checks`)
  }
  return { ...shapeOf(items as JsonSchema, `${path}.*`), distinct: schema.uniqueItems === true }
}

function objectOf(schema: JsonSchema, path: string): ByType {
  const patterns = Object.entries(schema.patternProperties ?? {})
  const [pattern] = patterns
  if (pattern && patterns.length === 1 && !schema.properties) {
    const keys = pattern[0] === '^.*$' ? undefined : new RegExp(pattern[0], 'u')
    return { kind: 'record', keys, item: shapeOf(pattern[1], `${path}.*`) } as ByType
  }
  const required = new Set(schema.required)
  const parts = Object.entries(schema.properties ?? {}).map(([name, part]) => ({
    name,
    required: required.has(name),
    shape: shapeOf(part, path === '' ? name : `${path}.${name}`),
  }))
  return { kind: 'object', parts } as ByType
}

/** An intersection of objects is the object with the fields of all. */
function mergeOf(schemas: readonly JsonSchema[], path: string): ByType {
  if (schemas.some((one) => one.type !== 'object' || one.patternProperties)) {
    throw new TypeError(`${path || 'The input'} is an intersection of other things than objects`)
  }
  return objectOf(
    {
      properties: Object.assign({}, ...schemas.map((one) => one.properties ?? {})) as Record<
        string,
        JsonSchema
      >,
      required: schemas.flatMap((one) => one.required ?? []),
    },
    path,
  )
}

function without(schema: JsonSchema, key: keyof JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== key))
}
