import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import {
  Button,
  ComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  Popover,
  Text,
  type Key,
} from 'react-aria-components'
import { cx } from '../../lib/cx.ts'
import { useApi } from '../../lib/api.tsx'
import { useDebounced } from '../../lib/debounced.ts'
import { useTranslate } from '../../lib/translate.ts'
import field from '../../ui/field.module.css'
import { Option } from '../../ui/option.tsx'
import overlay from '../../ui/overlay.module.css'
import { chosenLinkQuery, linkChoicesQuery } from './queries.ts'

interface LinkChoiceProps {
  business_id: string
  value: string | null
  onChange: (id: string | null) => void
}

/** Which QR link a table's code carries: a search over all of them, however many there are. */
export function LinkChoice(props: LinkChoiceProps) {
  const api = useApi()
  const { value } = props
  const link = useQuery({ ...chosenLinkQuery(api, value ?? ''), enabled: value !== null })
  // The box keeps its own text once it stands, so it waits until there is a name to start with.
  if (value !== null && link.isPending) return null
  return <LinkBox {...props} start={link.data ? nameOf(link.data) : ''} />
}

function LinkBox({ business_id, value, onChange, start }: LinkChoiceProps & { start: string }) {
  const t = useTranslate()
  const api = useApi()
  const [text, setText] = useState(start)
  const search = useDebounced(text === start ? '' : text.trim(), 150)
  const found = useQuery({ ...linkChoicesQuery(api, business_id, search), placeholderData: keepPreviousData })
  const choose = (key: Key | null): void => {
    if (key === null) return
    const link = found.data?.find(({ id }) => id === key)
    if (link) setText(nameOf(link))
    onChange(String(key))
  }
  const type = (next: string): void => {
    setText(next)
    if (next.trim() === '') onChange(null)
  }
  return (
    <ComboBox
      className={cx(field.field)}
      name="qr_link_id"
      items={found.data ?? []}
      inputValue={text}
      onInputChange={type}
      value={value}
      onChange={choose}
      menuTrigger="focus"
      allowsEmptyCollection
    >
      <Label className={cx(field.label)}>{t('tables.link')}</Label>
      <div className={cx(field.box)}>
        <Input className={cx(field.input)} placeholder={t('tables.link.placeholder')} />
        <Button className={cx(field.opener)}>
          <ChevronDown aria-hidden />
        </Button>
      </div>
      <FieldError className={cx(field.error)} />
      <Text slot="description" className={cx(field.hint)}>
        {t('tables.link.hint')}
      </Text>
      <Popover className={cx(overlay.popover)}>
        <ListBox
          className={cx(overlay.list)}
          renderEmptyState={() => (
            <p className={cx(overlay.none)}>
              {found.isFetching
                ? t('ui.loading')
                : t(search === '' ? 'tables.link.none' : 'tables.link.noMatch')}
            </p>
          )}
        >
          {(link: { id: string; slug: string; title: string | null; destination_url: string }) => (
            <Option id={link.id} name={nameOf(link)} note={link.destination_url} />
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}

function nameOf({ slug, title }: { slug: string; title: string | null }): string {
  return title === null ? slug : `${title} (${slug})`
}
