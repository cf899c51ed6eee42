import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { BodyOf, QueryOf } from '#contract/endpoint.ts'
import { listPrintJobs, reprintPrintJob, settlePrintJob } from '#contract/print-jobs.ts'
import {
  changePrinter,
  checkPrinter,
  createPrinter,
  deletePrinter,
  discoverPrinters,
  listPrinterProfiles,
  listPrinters,
  openDrawer,
  printTestPage,
  type Printer,
} from '#contract/printers.ts'
import { changeStation, createStation, deleteStation, type Station } from '#contract/stations.ts'
import { useApi, type Api } from '../../lib/api.tsx'
import { allPages } from '../../lib/all-pages.ts'

export function printersQuery(api: Api) {
  return queryOptions({
    queryKey: ['printers'],
    queryFn: ({ signal }) =>
      allPages(
        async (page) => (await api.call(listPrinters, { query: { page, per_page: 100 }, signal })).printers,
      ),
  })
}

export function profilesQuery(api: Api) {
  return queryOptions({
    queryKey: ['printer-profiles'],
    queryFn: async ({ signal }) => (await api.call(listPrinterProfiles, { signal })).printer_profiles,
    staleTime: Infinity,
  })
}

export function printJobsQuery(api: Api, query: QueryOf<typeof listPrintJobs>) {
  return queryOptions({
    queryKey: ['print-jobs', query],
    queryFn: async ({ signal }) => (await api.call(listPrintJobs, { query, signal })).print_jobs,
  })
}

/** A write after which the named lists are asked for again. */
function useWrite<Input, Output>(work: (api: Api, input: Input) => Promise<Output>, ...keys: string[]) {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => work(api, input),
    onSettled: async () => {
      for (const key of keys) await queries.invalidateQueries({ queryKey: [key] })
    },
  })
}

export type PrinterInput = BodyOf<typeof createPrinter>

export function useSavePrinter(printer: Printer | undefined) {
  return useWrite(
    (api, body: PrinterInput) =>
      printer
        ? api.call(changePrinter, { params: { id: printer.id }, body })
        : api.call(createPrinter, { body }),
    'printers',
  )
}

export function usePausePrinter() {
  return useWrite(
    (api, { id, is_paused }: { id: string; is_paused: boolean }) =>
      api.call(changePrinter, { params: { id }, body: { is_paused } }),
    'printers',
    'print-jobs',
  )
}

export function useDeletePrinter() {
  return useWrite(
    (api, id: string) => api.call(deletePrinter, { params: { id } }),
    'printers',
    'stations',
    'print-jobs',
  )
}

export function useCheckPrinter() {
  return useWrite((api, id: string) => api.call(checkPrinter, { params: { id } }), 'printers')
}

export function usePrintTestPage() {
  return useWrite((api, id: string) => api.call(printTestPage, { params: { id } }), 'print-jobs', 'printers')
}

export function useOpenDrawer() {
  return useWrite((api, id: string) => api.call(openDrawer, { params: { id } }), 'print-jobs')
}

export function useDiscoverPrinters() {
  return useWrite((api, probe_network: boolean) => api.call(discoverPrinters, { body: { probe_network } }))
}

export type StationInput = BodyOf<typeof createStation>

export function useSaveStation(station: Station | undefined, business_id: string) {
  return useWrite(
    (api, body: StationInput) =>
      station
        ? api.call(changeStation, { params: { id: station.id }, body })
        : api.call(createStation, { body: { business_id, ...body } }),
    'stations',
  )
}

export function useDeleteStation() {
  return useWrite((api, id: string) => api.call(deleteStation, { params: { id } }), 'stations', 'menu-items')
}

export function useSettlePrintJob() {
  return useWrite(
    (api, { id, ...body }: BodyOf<typeof settlePrintJob> & { id: string }) =>
      api.call(settlePrintJob, { params: { id }, body }),
    'print-jobs',
    'printers',
  )
}

export function useReprint() {
  return useWrite(
    (api, id: string) => api.call(reprintPrintJob, { params: { id }, body: {} }),
    'print-jobs',
    'printers',
  )
}
