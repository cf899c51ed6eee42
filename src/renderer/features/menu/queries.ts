import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import {
  changeMenuItem,
  createMenuItem,
  deleteMenuItem,
  listMenuItems,
  type MenuItem,
} from '#contract/menu-items.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import { useApi, type Api } from '../../lib/api.tsx'
import { allPages } from '../../lib/all-pages.ts'

/** The whole menu of a business. */
export function menuQuery(api: Api, business_id: string) {
  return queryOptions({
    queryKey: ['menu-items', business_id],
    queryFn: ({ signal }) =>
      allPages(async (page) => {
        const query = { business_id, page, per_page: 100 }
        return (await api.call(listMenuItems, { query, signal })).menu_items
      }),
  })
}

export type MenuItemInput = BodyOf<typeof createMenuItem>

export function useSaveMenuItem(item: MenuItem | undefined, business_id: string) {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: MenuItemInput) =>
      item
        ? api.call(changeMenuItem, { params: { id: item.id }, body })
        : api.call(createMenuItem, { body: { business_id, ...body } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['menu-items'] }),
  })
}

export function useChangeMenuItem() {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...body }: Partial<MenuItemInput> & { id: string }) =>
      api.call(changeMenuItem, { params: { id }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['menu-items'] }),
  })
}

export function useDeleteMenuItem() {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.call(deleteMenuItem, { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['menu-items'] }),
  })
}
