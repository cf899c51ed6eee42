import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { BodyOf } from '#contract/endpoint.ts'
import {
  changeIntegrationCredential,
  createIntegrationCredential,
  deleteIntegrationCredential,
  listIntegrationCredentials,
} from '#contract/integration-credentials.ts'
import { useApi, type Api } from '../../lib/api.tsx'

/** Which services a business has credentials for, masked. */
export function credentialsQuery(api: Api, business_id: string) {
  return queryOptions({
    queryKey: ['integration-credentials', business_id],
    queryFn: async ({ signal }) => {
      const query = { business_id, per_page: 100 }
      return (await api.call(listIntegrationCredentials, { query, signal })).integration_credentials.data
    },
  })
}

function useAgain() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['integration-credentials'] })
}

type NewCredential = BodyOf<typeof createIntegrationCredential>

/** Puts credentials in, in place of those with this id where there are some. */
export function useKeepCredential() {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: ({ id, ...body }: NewCredential & { id: string | undefined }) => {
      const { credentials } = body
      return id === undefined
        ? api.call(createIntegrationCredential, { body })
        : api.call(changeIntegrationCredential, { params: { id }, body: { credentials } })
    },
    onSuccess,
  })
}

export function useForgetCredential() {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: (id: string) => api.call(deleteIntegrationCredential, { params: { id } }),
    onSuccess,
  })
}
