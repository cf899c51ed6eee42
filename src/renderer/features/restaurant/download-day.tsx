import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { showDaySummary } from '#contract/order-intents.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { describeFailure } from '../../lib/failure.ts'
import { saveFile } from '../../lib/save-file.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { useToast } from '../../ui/toast.tsx'

/** Saves the day's orders as a spreadsheet, one row a line. */
export function DownloadDay({ day }: { day: string }) {
  const t = useTranslate()
  const api = useApi()
  const toast = useToast()
  const { current } = useBusiness()
  const download = useMutation({
    mutationFn: async () => {
      const query = { business_id: current.id, format: 'csv' } as const
      const file = await api.request(showDaySummary, {
        params: { day },
        query,
        headers: { Accept: 'text/csv' },
      })
      return file.blob()
    },
    onSuccess: (blob) => saveFile(blob, `orders-${day}.csv`),
    onError: (error) => {
      const { title, advice } = describeFailure(error, t)
      toast({ title, detail: advice, tone: 'bad' })
    },
  })
  return (
    <Button icon={<Download aria-hidden />} isDisabled={download.isPending} onPress={() => download.mutate()}>
      {t('orders.csv')}
    </Button>
  )
}
