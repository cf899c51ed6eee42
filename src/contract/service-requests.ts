import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, IdParams, Nullable, pageQuery, Timestamp } from './fields.ts'
import { Paginated } from './pagination.ts'

export const ServiceRequestKind = Type.Enum(['waiter', 'bill', 'water', 'cutlery', 'clean', 'help', 'other'])
export type ServiceRequestKind = Static<typeof ServiceRequestKind>

/** A guest calls for somebody. */
export const ServiceRequest = Type.Object({
  id: Id,
  business_id: Id,
  kind: ServiceRequestKind,
  table_id: Nullable(Id),
  table: Nullable(Type.String()),
  note: Nullable(Type.String()),
  status: Type.Enum(['open', 'resolved']),
  resolved_by: Nullable(Type.String()),
  resolved_at: Nullable(Timestamp),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type ServiceRequest = Static<typeof ServiceRequest>

const shape = { tag: 'Restaurant', access: 'token', throttle: 'user-api' } as const

export const listServiceRequests = defineEndpoint({
  ...shape,
  name: 'listServiceRequests',
  method: 'GET',
  path: '/api/restaurant/service-requests',
  summary: 'Calls for service; the open ones oldest first, the others newest first',
  scope: 'restaurant:read',
  query: Type.Object({
    business_id: Type.Optional(Id),
    status: Type.Optional(Nullable(Type.Enum(['open', 'resolved']))),
    ...pageQuery,
  }),
  status: 200,
  reply: Type.Object({ service_requests: Paginated(ServiceRequest) }),
})

export const resolveServiceRequest = defineEndpoint({
  ...shape,
  name: 'resolveServiceRequest',
  method: 'POST',
  path: '/api/restaurant/service-requests/{id}/resolve',
  summary: 'Say that a call for service was answered; `undo` opens it again',
  scope: 'restaurant:write',
  params: IdParams,
  body: Type.Object({
    note: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
    undo: Type.Optional(Type.Boolean()),
  }),
  status: 200,
  reply: Type.Object({ service_request: ServiceRequest }),
})
