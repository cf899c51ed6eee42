import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight } from 'lucide-react'
import { useFormats } from '../lib/format.ts'
import { useTranslate } from '../lib/translate.ts'
import { IconButton } from './button.tsx'
import styles from './pagination.module.css'

interface PaginationProps {
  page: number
  lastPage: number
  onChange: (page: number) => void
}

/** Steps through pages; nothing where there is only one. */
export function Pagination({ page, lastPage, onChange }: PaginationProps) {
  const t = useTranslate()
  const formats = useFormats()
  if (lastPage <= 1) return null
  const step = (to: number, label: string, Icon: typeof ChevronLeft) => (
    <IconButton
      label={label}
      icon={<Icon aria-hidden />}
      isDisabled={to === page}
      onPress={() => onChange(to)}
    />
  )
  return (
    <nav className={styles.pages} aria-label={t('pages.label')}>
      {step(1, t('pages.first'), ChevronFirst)}
      {step(Math.max(page - 1, 1), t('pages.previous'), ChevronLeft)}
      <span className={styles.place}>
        {t('pages.place', { page: formats.number(page), last: formats.number(lastPage) })}
      </span>
      {step(Math.min(page + 1, lastPage), t('pages.next'), ChevronRight)}
      {step(lastPage, t('pages.last'), ChevronLast)}
    </nav>
  )
}
