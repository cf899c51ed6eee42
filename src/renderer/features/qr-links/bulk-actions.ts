import { useMutation, useQueryClient } from '@tanstack/react-query'
import { changeQrLink, deleteQrLink, restoreQrLink } from '#contract/qr-links.ts'
import { useApi, type Api } from '../../lib/api.tsx'
import { describeFailure } from '../../lib/failure.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { useToast } from '../../ui/toast.tsx'

export type BulkAction = 'pause' | 'resume' | 'delete' | 'restore'

const opposites: Record<BulkAction, BulkAction> = {
  pause: 'resume',
  resume: 'pause',
  delete: 'restore',
  restore: 'delete',
}

const doneMessages: Record<BulkAction, MessageId> = {
  pause: 'links.done.pause',
  resume: 'links.done.resume',
  delete: 'links.done.delete',
  restore: 'links.done.restore',
}

async function act(api: Api, action: BulkAction, id: string): Promise<unknown> {
  const params = { id }
  if (action === 'delete') return api.call(deleteQrLink, { params })
  if (action === 'restore') return api.call(restoreQrLink, { params })
  return api.call(changeQrLink, { params, body: { is_active: action === 'resume' } })
}

/** Runs over the ids one by one and tells how many came through, with what stopped the others. */
export async function actOnAll(
  api: Api,
  action: BulkAction,
  ids: readonly string[],
): Promise<{ done: string[]; error: unknown }> {
  const done: string[] = []
  let error: unknown
  for (const id of ids) {
    try {
      await act(api, action, id)
      done.push(id)
    } catch (reason) {
      error = reason
    }
  }
  return { done, error }
}

/** An action on links whose toast offers to take it back. */
export function useBulkAction() {
  const api = useApi()
  const t = useTranslate()
  const queries = useQueryClient()
  const toast = useToast()
  const mutation = useMutation({
    mutationFn: ({ action, ids }: { action: BulkAction; ids: readonly string[]; isUndo?: boolean }) =>
      actOnAll(api, action, ids),
    onSuccess: async ({ done, error }, { action, isUndo }) => {
      await queries.invalidateQueries({ queryKey: ['qr-links'] })
      if (error !== undefined) {
        const { title, advice } = describeFailure(error, t)
        toast({ title, detail: advice, tone: 'bad' })
      }
      if (done.length === 0) return
      const title = t(doneMessages[action], { count: done.length })
      const undo = (): void => mutation.mutate({ action: opposites[action], ids: done, isUndo: true })
      toast(isUndo === true ? { title } : { title, action: { name: t('ui.undo'), run: undo } })
    },
  })
  return mutation
}
