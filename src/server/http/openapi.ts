import type { TSchema } from 'typebox'
import { documentedStatuses } from '#contract/endpoint.ts'
import { endpoints } from '#contract/endpoints.ts'
import { sentenceOf } from './status-sentences.ts'
import type { AnyEndpoint } from './call.ts'

/** The OpenAPI 3.1 document of the contract. Nothing in it is written by hand twice: it is the endpoints' data. */
export function openApiDocument(version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const endpoint of endpoints) {
    const path = (paths[endpoint.path] ??= {})
    path[endpoint.method.toLowerCase()] = operationOf(endpoint)
  }
  return {
    openapi: '3.1.0',
    info: { title: 'QRScan desktop', version, description: 'The API of the app on this machine.' },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: errorSchema, ValidationError: validationSchema },
    },
  }
}

const errorSchema = { type: 'object', required: ['message'], properties: { message: { type: 'string' } } }

const validationSchema = {
  type: 'object',
  required: ['message'],
  properties: {
    message: { type: 'string' },
    errors: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
  },
}

function operationOf(endpoint: AnyEndpoint): object {
  return {
    operationId: endpoint.name,
    summary: endpoint.summary,
    tags: [endpoint.tag],
    ...(endpoint.access === 'public' && { security: [] }),
    ...(endpoint.scope && { 'x-scope': endpoint.scope }),
    'x-throttle': endpoint.throttle,
    parameters: [
      ...parametersOf(endpoint, 'path'),
      ...parametersOf(endpoint, 'query'),
      ...headerParametersOf(endpoint),
    ],
    ...bodyOf(endpoint),
    responses: responsesOf(endpoint),
  }
}

function parametersOf(endpoint: AnyEndpoint, place: 'path' | 'query'): object[] {
  const schema = place === 'path' ? endpoint.params : endpoint.query
  const required = new Set((schema as { required?: string[] } | undefined)?.required)
  return Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    schema: plain(property as TSchema),
  }))
}

function headerParametersOf(endpoint: AnyEndpoint): object[] {
  const headers: object[] = []
  const header = (name: string, description: string) =>
    headers.push({ name, in: 'header', required: false, description, schema: { type: 'string' } })
  if (endpoint.method === 'POST' || endpoint.method === 'PATCH') {
    header('Idempotency-Key', 'The same key and body give the first answer again for seven days.')
  }
  if (endpoint.params && (endpoint.method === 'PATCH' || endpoint.method === 'DELETE')) {
    header('If-Match', 'The ETag the change is based on; another one answers 412.')
  }
  return headers
}

function bodyOf(endpoint: AnyEndpoint): object {
  const content: Record<string, object> = {}
  if (endpoint.body) content['application/json'] = { schema: plain(endpoint.body) }
  for (const type of endpoint.uploads ?? []) content[type] = { schema: uploadSchema(type) }
  return Object.keys(content).length === 0 ? {} : { requestBody: { required: true, content } }
}

function uploadSchema(type: string): object {
  const file = { type: 'string', format: 'binary' }
  return type === 'multipart/form-data' ? { type: 'object', required: ['file'], properties: { file } } : file
}

function responsesOf(endpoint: AnyEndpoint): object {
  const responses: Record<string, object> = {}
  for (const status of documentedStatuses(endpoint)) {
    const description = sentenceOf(status)
    if (status >= 400) {
      const name = status === 422 ? 'ValidationError' : 'Error'
      responses[status] = {
        description,
        content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
      }
    } else {
      responses[status] = { description, ...contentOf(endpoint) }
    }
  }
  return responses
}

function contentOf(endpoint: AnyEndpoint): object {
  if (endpoint.status === 204) return {}
  const content: Record<string, object> = {}
  if (endpoint.reply) content['application/json'] = { schema: plain(endpoint.reply) }
  for (const type of endpoint.produces ?? []) content[type] = { schema: { type: 'string' } }
  return { content }
}

/** A schema as plain JSON, without our own keywords for the validator. */
function plain(schema: TSchema): object {
  return JSON.parse(
    JSON.stringify(schema, (key, value) => (key.startsWith('x-') ? undefined : value)),
  ) as object
}
