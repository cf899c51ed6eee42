import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import type { LabelSymbol, ProductPassport } from '#contract/product-passports.ts'
import { useApi } from '../../lib/api.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/empty-state.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { symbolNames } from './passport-names.ts'
import { exportsQuery, labelQuery } from './queries.ts'
import { useSaveExport } from './save-export.ts'
import styles from './passports.module.css'

const kinds = [
  { format: 'label_svg', name: 'SVG' },
  { format: 'label_png', name: 'PNG' },
  { format: 'label_pdf', name: 'PDF' },
] as const

/** The label of a passport in the symbols that its identifiers fit into. */
export function LabelCard({ passport }: { passport: ProductPassport }) {
  const t = useTranslate()
  const { data, error, refetch } = useQuery(exportsQuery(useApi(), passport.id, passport.revision))
  const [chosen, setChosen] = useState<LabelSymbol>()
  const { isSaving, save } = useSaveExport(passport.id)
  const labels = (data ?? []).filter(({ symbol }) => symbol !== undefined)
  const symbols = [...new Set(labels.flatMap(({ symbol }) => symbol ?? []))]
  const symbol = chosen !== undefined && symbols.includes(chosen) ? chosen : symbols[0]
  return (
    <Card title={t('passports.label')}>
      {error !== null && <FailureNotice error={error} retry={() => void refetch()} />}
      {symbol !== undefined && (
        <>
          <SelectField
            label={t('passports.symbol')}
            value={symbol}
            onChange={setChosen}
            choices={symbols.map((id) => ({ id, name: t(symbolNames[id]) }))}
          />
          <LabelPicture passport={passport} symbol={symbol} />
          <div className={styles.heading}>
            {kinds.map(({ format, name }) => {
              const file = labels.find((one) => one.format === format && one.symbol === symbol)
              return (
                file && (
                  <Button
                    key={format}
                    icon={<Download aria-hidden />}
                    isDisabled={isSaving}
                    aria-label={t('passports.label.save', { kind: name })}
                    onPress={() => save({ format, symbol, filename: file.filename })}
                  >
                    {name}
                  </Button>
                )
              )
            })}
          </div>
        </>
      )}
    </Card>
  )
}

function LabelPicture({ passport, symbol }: { passport: ProductPassport; symbol: LabelSymbol }) {
  const t = useTranslate()
  const { data, error, refetch } = useQuery(labelQuery(useApi(), passport.id, symbol, passport.revision))
  if (error !== null) return <FailureNotice error={error} retry={() => void refetch()} />
  if (data === undefined) return <Skeleton label={t('ui.loading')} />
  return (
    <div className={styles.paper}>
      <img
        className={styles.picture}
        ref={(image) => showBlob(image, data)}
        alt={t('passports.label.alt', { symbol: t(symbolNames[symbol]), name: passport.name })}
      />
    </div>
  )
}

/** Shows a picture that is in memory, and lets go of its address with the element. */
function showBlob(image: HTMLImageElement | null, blob: Blob): (() => void) | undefined {
  if (image === null) return undefined
  const address = URL.createObjectURL(blob)
  image.src = address
  return () => URL.revokeObjectURL(address)
}
