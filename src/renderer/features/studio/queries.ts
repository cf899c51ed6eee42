import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import {
  changeBrandPreset,
  createBrandPreset,
  deleteBrandPreset,
  listBrandPresets,
  type BrandPreset,
} from '#contract/brand-presets.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import { drawQrCode, judgeQrCode, type QrCodeFormat, type QrReceipt } from '#contract/qr-codes.ts'
import { useApi, type Api } from '../../lib/api.tsx'
import type { StudioDraft } from './studio-draft.ts'

/** The looks of a business's clients, by name. */
export function presetsQuery(api: Api, business_id: string) {
  return queryOptions({
    queryKey: ['brand-presets', business_id],
    queryFn: async ({ signal }): Promise<BrandPreset[]> =>
      (await api.call(listBrandPresets, { query: { business_id, per_page: 100 }, signal })).brand_presets
        .data,
  })
}

function useAgain() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['brand-presets'] })
}

export function useCreatePreset() {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: async (body: BodyOf<typeof createBrandPreset>) =>
      (await api.call(createBrandPreset, { body })).brand_preset,
    onSuccess,
  })
}

export function useChangePreset() {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: async ({ id, ...body }: BodyOf<typeof changeBrandPreset> & { id: string }) =>
      (await api.call(changeBrandPreset, { params: { id }, body })).brand_preset,
    onSuccess,
  })
}

export function useDeletePreset() {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: (id: string) => api.call(deleteBrandPreset, { params: { id } }),
    onSuccess,
  })
}

/** The finished file, and what another reader read off its picture. */
export async function makeFile(
  api: Api,
  { text, style, logo, size }: StudioDraft,
  format: QrCodeFormat,
): Promise<{ file: Blob; receipt: QrReceipt }> {
  const body = { text, style, size, ...(logo && { logo: logo.address }) }
  const answer = await api.request(drawQrCode, { body: { ...body, format } })
  const file = await answer.blob()
  const { receipt } = await api.call(judgeQrCode, { body })
  return { file, receipt }
}
