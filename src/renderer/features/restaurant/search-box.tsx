import { Search, X } from 'lucide-react'
import { useRef } from 'react'
import { Input, SearchField } from 'react-aria-components'
import { cx } from '../../lib/cx.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { useTranslate } from '../../lib/translate.ts'
import { IconButton } from '../../ui/button.tsx'
import styles from './board.module.css'

interface SearchBoxProps {
  label: string
  placeholder: string
  value: string
  onChange: (text: string) => void
}

/** Finds while one types; `/` leads here. */
export function SearchBox({ label, placeholder, value, onChange }: SearchBoxProps) {
  const t = useTranslate()
  const input = useRef<HTMLInputElement>(null)
  useShortcuts({ '/': () => input.current?.focus() })
  return (
    <SearchField aria-label={label} value={value} onChange={onChange} className={cx(styles.search)}>
      <Search aria-hidden />
      <Input ref={input} placeholder={placeholder} className={cx(styles.searchInput)} />
      {value !== '' && (
        <IconButton
          small
          label={t('board.search.clear')}
          icon={<X aria-hidden />}
          onPress={() => onChange('')}
        />
      )}
    </SearchField>
  )
}
