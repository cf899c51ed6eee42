import { useTranslate } from '../../lib/translate.ts'
import { Pagination } from '../../ui/pagination.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { pageSizes } from './qr-link-search.ts'
import type { ChangeSearch } from './qr-links-screen.tsx'
import styles from './qr-links.module.css'

interface LinksFootProps {
  text: string
  page: number
  lastPage: number
  perPage: number
  change: ChangeSearch
}

export function LinksFoot({ text, page, lastPage, perPage, change }: LinksFootProps) {
  const t = useTranslate()
  return (
    <footer className={styles.foot}>
      <output>{text}</output>
      <div className={styles.footTools}>
        <SelectField
          bare
          compact
          label={t('links.perPage')}
          value={String(perPage)}
          choices={pageSizes.map((size) => ({ id: String(size), name: t('links.perPage.value', { size }) }))}
          onChange={(size) => change({ per_page: Number(size) })}
        />
        <Pagination page={page} lastPage={lastPage} onChange={(to) => change({ page: to })} />
      </div>
    </footer>
  )
}
