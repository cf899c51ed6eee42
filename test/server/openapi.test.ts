import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentedStatuses, type Endpoint } from '#contract/endpoint.ts'
import { endpoints } from '#contract/endpoints.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'

interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  schema: object
}

interface Operation {
  operationId: string
  parameters: Parameter[]
  requestBody?: { content: Record<string, { schema: object }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>
}

interface Document {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object>; securitySchemes: object }
}

const text = { type: 'string', minLength: 1 }
const schema = { $ref: 'https://json-schema.org/draft/2020-12/schema' }
const content = {
  type: 'object',
  minProperties: 1,
  propertyNames: { pattern: '^[a-z]+/[a-z0-9.+-]+$' },
  additionalProperties: {
    type: 'object',
    required: ['schema'],
    properties: { schema },
    additionalProperties: false,
  },
}

/** What OpenAPI 3.1.0 (sections 4.8.1 to 4.8.30) asks of the parts that we use; a part we do not know is refused. */
const rules = {
  type: 'object',
  required: ['openapi', 'info', 'paths', 'components'],
  additionalProperties: false,
  properties: {
    openapi: { const: '3.1.0' },
    info: { type: 'object', required: ['title', 'version'], properties: { title: text, version: text } },
    servers: { type: 'array', items: { type: 'object', required: ['url'], properties: { url: text } } },
    security: { $ref: '#/$defs/security' },
    components: {
      type: 'object',
      properties: { schemas: { type: 'object', additionalProperties: schema } },
    },
    paths: {
      type: 'object',
      propertyNames: { pattern: '^/' },
      additionalProperties: {
        type: 'object',
        propertyNames: { enum: ['get', 'post', 'patch', 'put', 'delete'] },
        additionalProperties: { $ref: '#/$defs/operation' },
      },
    },
  },
  $defs: {
    security: {
      type: 'array',
      items: { type: 'object', additionalProperties: { type: 'array', items: text } },
    },
    operation: {
      type: 'object',
      required: ['operationId', 'responses'],
      patternProperties: { '^x-': true },
      additionalProperties: false,
      properties: {
        operationId: { type: 'string', pattern: '^[a-z][A-Za-z0-9]+$' },
        summary: text,
        tags: { type: 'array', items: text },
        security: { $ref: '#/$defs/security' },
        parameters: { type: 'array', items: { $ref: '#/$defs/parameter' } },
        requestBody: {
          type: 'object',
          required: ['content'],
          properties: { required: { type: 'boolean' }, content },
          additionalProperties: false,
        },
        responses: {
          type: 'object',
          minProperties: 1,
          propertyNames: { pattern: '^[1-5][0-9][0-9]$' },
          additionalProperties: {
            type: 'object',
            required: ['description'],
            properties: { description: text, content, headers: { type: 'object' } },
            additionalProperties: false,
          },
        },
      },
    },
    parameter: {
      type: 'object',
      required: ['name', 'in', 'schema'],
      properties: {
        name: text,
        in: { enum: ['path', 'query', 'header'] },
        required: { type: 'boolean' },
        description: text,
        schema,
      },
      anyOf: [
        { properties: { in: { enum: ['query', 'header'] } } },
        { properties: { required: { const: true } }, required: ['required'] },
      ],
      additionalProperties: false,
    },
  },
}

const ajv = new Ajv2020({ strict: false, allErrors: true })
const isOpenApi = ajv.compile(rules)

let server: TestServer
let document: Document
beforeAll(async () => {
  server = await startTestServer()
  document = (await (await fetch(`${server.server.url}/api/openapi.json`)).json()) as Document
})
afterAll(() => server[Symbol.asyncDispose]())

const operations = (): [string, string, Operation][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, string, Operation] => [
      path,
      method,
      operation,
    ]),
  )

describe('the OpenAPI document', () => {
  it('is one of version 3.1, every schema of it a JSON schema', () => {
    isOpenApi(document)
    expect(isOpenApi.errors ?? []).toEqual([])
  })

  it('would be caught with a mistake in it', () => {
    const broken = structuredClone(document) as unknown as Record<
      string,
      Record<string, Record<string, Operation>>
    >
    const operation = broken['paths']!['/api/qr-links/{id}']!['get']!
    operation.parameters[0]!.required = false
    delete (operation.responses['200'] as { description?: string }).description
    expect([isOpenApi(broken), isOpenApi.errors?.length]).toEqual([false, expect.any(Number)])
    const messages = ajv.errorsText(isOpenApi.errors)
    expect(messages).toContain('constant')
    expect(messages).toContain("'description'")
  })

  it('refers to nothing that is not in it, and names each operation once', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
    expect(references.length).toBeGreaterThan(0)
    for (const [, name = ''] of references) expect(document.components.schemas).toHaveProperty(name)
    expect(JSON.stringify(document).match(/"\$ref":"(?!#\/components\/schemas\/)/)).toBeNull()
    const ids = operations().map(([, , { operationId }]) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('declares the parameters of each path, and no other', () => {
    for (const [path, , { parameters }] of operations()) {
      const inPath = parameters.filter((one) => one.in === 'path').map(({ name }) => name)
      expect([path, inPath]).toEqual([path, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)])
    }
  })

  it('has every endpoint with every status it may answer, and nothing else', () => {
    expect(operations()).toHaveLength(endpoints.length)
    for (const endpoint of endpoints) {
      const operation = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()]
      expect(operation?.operationId).toBe(endpoint.name)
      const statuses = Object.keys(operation?.responses ?? {}).map(Number)
      expect([endpoint.name, statuses]).toEqual([endpoint.name, documentedStatuses(endpoint as Endpoint)])
      const fields = Object.keys(endpoint.query?.properties ?? {})
      const inQuery = operation?.parameters.filter((one) => one.in === 'query').map(({ name }) => name)
      expect([endpoint.name, inQuery]).toEqual([endpoint.name, fields])
      const types = [...(endpoint.body ? ['application/json'] : []), ...(endpoint.uploads ?? [])]
      expect(Object.keys(operation?.requestBody?.content ?? {})).toEqual(types)
    }
  })

  it('is the one that the server mounts: each operation is there, and each route is in it', async () => {
    for (const [path, method] of operations()) {
      const known = await fetch(server.server.url + path.replace(/\{\w+\}/g, 'x'), { method: 'OPTIONS' })
      expect([path, known.headers.get('allow')?.split(', ')]).toEqual([
        path,
        expect.arrayContaining([method.toUpperCase()]),
      ])
    }
    const routes = server.server.app.printRoutes({ commonPrefix: false, includeHooks: false })
    const mounted = [...routes.matchAll(/\(([A-Z, ]+)\)/g)].flatMap(([, list = '']) => list.split(', '))
    // Besides the operations: the document itself, the redirect, and the resolver: every method of its links (6),
    // shortened ones (2), notices with and without an item (2), what it says of itself (1).
    expect(mounted.filter((method) => method !== 'HEAD')).toHaveLength(endpoints.length + 2 + 11)
  })
})
