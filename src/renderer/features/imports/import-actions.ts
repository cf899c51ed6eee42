import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { BodyOf } from '#contract/endpoint.ts'
import {
  cancelImport,
  changeImport,
  changeImportRow,
  commitImport,
  deleteImport,
  downloadImportErrors,
  fixImportRows,
  undoImport,
  type Import,
} from '#contract/imports.ts'
import { useApi } from '../../lib/api.tsx'
import { describeFailure } from '../../lib/failure.ts'
import { saveFile } from '../../lib/save-file.ts'
import { useTranslate } from '../../lib/translate.ts'
import { useToast } from '../../ui/toast.tsx'
import { importKey } from './queries.ts'

/** Shows what went wrong at the edge of the page. */
export function useFailureToast(): (error: unknown) => void {
  const t = useTranslate()
  const toast = useToast()
  return (error) => {
    const { title, advice } = describeFailure(error, t)
    toast({ title, detail: advice, tone: 'bad' })
  }
}

/** Keeps what an answer says of the import; the steps answer at once and go on over the events. */
function useKeepImport(): (changed: Import) => void {
  const queries = useQueryClient()
  return (changed) => {
    queries.setQueryData(importKey(changed.id), changed)
    void queries.invalidateQueries({ queryKey: ['imports', 'list'] })
  }
}

const steps = { commit: commitImport, undo: undoImport } as const

/** Commit, undo or cancel. */
export function useImportStep(id: string) {
  const api = useApi()
  const keep = useKeepImport()
  return useMutation({
    mutationFn: async (step: 'commit' | 'undo' | 'cancel') => {
      const params = { id }
      if (step === 'cancel') return (await api.call(cancelImport, { params })).import
      return (await api.call(steps[step], { params, query: { wait: false } })).import
    },
    onSuccess: keep,
    onError: useFailureToast(),
  })
}

/** Another way of reading or mapping the file. */
export function useChangeImport(id: string) {
  const api = useApi()
  const keep = useKeepImport()
  return useMutation({
    mutationFn: async (body: BodyOf<typeof changeImport>) =>
      (await api.call(changeImport, { params: { id }, query: { wait: false }, body })).import,
    onSuccess: keep,
    onError: useFailureToast(),
  })
}

export interface CellChange {
  row: number
  column: number
  /** Null takes an edit back. */
  value: string | null
}

export function useChangeCell(id: string) {
  const api = useApi()
  const keep = useKeepImport()
  return useMutation({
    mutationFn: ({ row, column, value }: CellChange) =>
      api.call(changeImportRow, { params: { id, row }, body: { cells: { [String(column)]: value } } }),
    onSuccess: (answer) => keep(answer.import),
    onError: useFailureToast(),
  })
}

export function useFixAll(id: string) {
  const api = useApi()
  const t = useTranslate()
  const toast = useToast()
  const keep = useKeepImport()
  return useMutation({
    mutationFn: (code: string) => api.call(fixImportRows, { params: { id }, body: { code } }),
    onSuccess: ({ fixed, import: changed }) => {
      keep(changed)
      toast({ title: t('imports.fixed', { count: fixed }) })
    },
    onError: useFailureToast(),
  })
}

export function useDownloadErrors({ id, filename }: Pick<Import, 'id' | 'filename'>) {
  const api = useApi()
  return useMutation({
    mutationFn: async () => (await api.request(downloadImportErrors, { params: { id } })).blob(),
    onSuccess: (blob) => saveFile(blob, `${filename.replace(/\.[^.]*$/, '')}-errors.csv`),
    onError: useFailureToast(),
  })
}

export function useForgetImport() {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.call(deleteImport, { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['imports'] }),
    onError: useFailureToast(),
  })
}
