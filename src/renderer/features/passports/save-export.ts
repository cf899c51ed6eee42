import { exportProductPassport, type ExportFormat, type LabelSymbol } from '#contract/product-passports.ts'
import { useState } from 'react'
import { useApi } from '../../lib/api.tsx'
import { describeFailure } from '../../lib/failure.ts'
import { saveFile } from '../../lib/save-file.ts'
import { useTranslate } from '../../lib/translate.ts'
import { useToast } from '../../ui/toast.tsx'

interface Wanted {
  format: ExportFormat
  symbol?: LabelSymbol | undefined
  filename: string
}

/** Saves one export of a passport as a file; one at a time. */
export function useSaveExport(id: string): { isSaving: boolean; save: (wanted: Wanted) => void } {
  const t = useTranslate()
  const api = useApi()
  const toast = useToast()
  const [isSaving, setSaving] = useState(false)
  const run = async ({ format, symbol, filename }: Wanted): Promise<void> => {
    setSaving(true)
    try {
      const query = { format, ...(symbol !== undefined && { symbol }) }
      const answer = await api.request(exportProductPassport, { params: { id }, query })
      saveFile(await answer.blob(), filename)
    } catch (error) {
      const { title, advice } = describeFailure(error, t)
      toast({ title, detail: advice, tone: 'bad' })
    } finally {
      setSaving(false)
    }
  }
  return { isSaving, save: (wanted) => void run(wanted) }
}
