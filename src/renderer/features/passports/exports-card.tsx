import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import type { ProductPassport } from '#contract/product-passports.ts'
import { useApi } from '../../lib/api.tsx'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { formatNames } from './passport-names.ts'
import { exportsQuery } from './queries.ts'
import { useSaveExport } from './save-export.ts'
import layout from '../../ui/layout.module.css'
import styles from './passports.module.css'

/** Every form in which a passport can be handed on, but its labels. */
export function ExportsCard({ passport }: { passport: ProductPassport }) {
  const t = useTranslate()
  const { data, error, refetch } = useQuery(exportsQuery(useApi(), passport.id, passport.revision))
  const { isSaving, save } = useSaveExport(passport.id)
  const names: Partial<Record<string, MessageId>> = formatNames
  const files = data?.flatMap((one) => {
    const name = one.symbol === undefined ? names[one.format] : undefined
    return name === undefined ? [] : [{ ...one, name }]
  })
  return (
    <Card title={t('passports.exports')}>
      <p className={layout.soft}>{t('passports.exports.text')}</p>
      {error !== null && <FailureNotice error={error} retry={() => void refetch()} />}
      <ul className={styles.files}>
        {files?.map(({ format, name, filename }) => (
          <li key={format}>
            <Button
              icon={<Download aria-hidden />}
              isDisabled={isSaving}
              onPress={() => save({ format, filename })}
            >
              {t(name)}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  )
}
