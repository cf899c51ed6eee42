import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import {
  createRecallAction,
  listRecallActions,
  uploadRecallPhoto,
  type NewRecallAction,
  type RecallAction,
} from '#contract/recall-actions.ts'
import { checkRecalls, type RecallDataState, type RecallVerdict } from '#contract/recalls.ts'
import { useApi, type Api } from '../../lib/api.tsx'
import type { Item } from './item-carriers.ts'
import { typedFacts } from './verdict-looks.ts'

/** A verdict for each of the items, and what they rest on. */
export async function checkItems(
  api: Api,
  business_id: string,
  items: readonly Item[],
): Promise<{ verdicts: RecallVerdict[]; data: RecallDataState }> {
  const scans = items.map(({ carriers, typed }) => ({
    carriers: [...carriers],
    // What is kept on this device may hold more than that.
    ...Object.fromEntries(typedFacts.map(({ id }) => [id, typed[id] ?? null])),
  }))
  return api.call(checkRecalls, { body: { business_id, scans } })
}

/** What was done last in a recall, by anybody. */
export function lastActionsQuery(api: Api, recallId: string) {
  return queryOptions({
    queryKey: ['recall-actions', recallId, 'last'],
    queryFn: async ({ signal }) => {
      const { actions } = await api.call(listRecallActions, {
        params: { id: recallId },
        query: { per_page: 10 },
        signal,
      })
      return actions.data
    },
  })
}

export interface ActionInput {
  recallId: string
  action: NewRecallAction & { id: string }
  photos: readonly Blob[]
}

/** Puts the photos and then the action into the record. Its id is made here, so that trying again makes no second. */
export function useRecordAction() {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ recallId, action, photos }: ActionInput): Promise<RecallAction> => {
      const photo_ids: string[] = []
      for (const photo of photos) photo_ids.push(await sendPhoto(api, recallId, photo))
      const body = { ...action, ...(photo_ids.length > 0 && { photo_ids }) }
      return (await api.call(createRecallAction, { params: { id: recallId }, body })).action
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['recall-actions'] })
      await queries.invalidateQueries({ queryKey: ['recalls'] })
    },
  })
}

async function sendPhoto(api: Api, id: string, photo: Blob): Promise<string> {
  const headers = { 'Content-Type': photo.type }
  const reply = await api.call(uploadRecallPhoto, { params: { id }, upload: photo, headers })
  return reply.photo.id
}
