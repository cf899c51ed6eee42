import type { BodyOf, ParamsOf, QueryOf } from '#contract/endpoint.ts'
import { NotFound, ValidationFailed, type FieldErrors } from '#contract/errors.ts'
import type { AnyEndpoint } from '../call.ts'
import { cleanInput } from '../input.ts'
import { inputChecks } from './checks.ts'
import { compileSchema, type CompiledSchema } from './from-schema.ts'

/** Checks what a call sent against its endpoint. */
export interface CheckInput<E extends AnyEndpoint> {
  /** Throws `NotFound`: a path whose parameter cannot be one names nothing. */
  params(sent: unknown): ParamsOf<E>
  /** Throws `ValidationFailed` with the sentences of query and body together. */
  input(query: unknown, body: unknown, now: number): { query: QueryOf<E>; body: BodyOf<E> }
}

/** Compiles an endpoint's schemas once, at the start. */
export function compileInput<E extends AnyEndpoint>(endpoint: E): CheckInput<E> {
  const [params, query, body] = [endpoint.params, endpoint.query, endpoint.body].map(
    (schema) => schema && compileSchema(schema, inputChecks),
  )
  return {
    params(sent) {
      const verdict = params?.check(cleanInput(sent))
      if (verdict?.ok === false || JSON.stringify(sent ?? {}).includes('\\u0000')) throw new NotFound()
      return (verdict?.value ?? {}) as ParamsOf<E>
    },
    input(sentQuery, sentBody, now) {
      const checkedQuery = checkWith(query, sentQuery, now)
      const checkedBody = checkWith(body, sentBody, now)
      const errors = { ...checkedQuery.errors, ...checkedBody.errors }
      // An upload's text is a file, whose cells are checked one by one.
      if (!endpoint.uploads) refuseNul([checkedQuery.value, checkedBody.value], errors)
      if (Object.keys(errors).length > 0) throw new ValidationFailed(errors)
      return { query: checkedQuery.value as QueryOf<E>, body: checkedBody.value as BodyOf<E> }
    },
  }
}

/** An upload has a body that is no input: `sent` is undefined then, and nothing is checked. */
function checkWith(
  schema: CompiledSchema<unknown> | undefined,
  sent: unknown,
  now: number,
): { value: unknown; errors: Record<string, string[]> } {
  if (!schema || sent === undefined) return { value: {}, errors: {} }
  const verdict = schema.check(cleanInput(sent, schema.raw), now)
  return verdict.ok ? { value: verdict.value, errors: {} } : { value: {}, errors: verdict.errors }
}

/** U+0000 is in no text that a person typed, and PostgreSQL cannot keep it. */
function refuseNul(inputs: readonly unknown[], errors: FieldErrors): void {
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string' && value.includes('\0')) {
      errors[path] ??= [`The ${path.replaceAll('_', ' ')} field format is invalid.`]
    }
    if (typeof value !== 'object' || value === null) return
    for (const [key, item] of Object.entries(value)) walk(item, path === '' ? key : `${path}.${key}`)
  }
  for (const input of inputs) walk(input, '')
}
