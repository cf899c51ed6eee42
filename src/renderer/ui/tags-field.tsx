import { X } from 'lucide-react'
import { useId, useState, type ChangeEvent, type ClipboardEvent, type KeyboardEvent } from 'react'
import { Button, Label, Tag, TagGroup, TagList } from 'react-aria-components'
import { cx } from '../lib/cx.ts'
import { useTranslate } from '../lib/translate.ts'
import fieldStyles from './field.module.css'
import styles from './tags-field.module.css'

interface TagsFieldProps {
  label: string
  value: readonly string[]
  onChange: (tags: string[]) => void
  suggestions: readonly string[]
  errors: readonly string[]
}

/** Adds the tags of a text, parted by commas, semicolons or line breaks, without doubles. */
export function addTags(tags: readonly string[], text: string): string[] {
  const more = text.split(/[,;\n]/).map((tag) => tag.trim())
  return [...new Set([...tags, ...more.filter((tag) => tag !== '')])]
}

/** What is typed until it is a tag: by Enter, a comma, a paste of several or by leaving the field. */
function useTagInput(value: readonly string[], onChange: (tags: string[]) => void) {
  const [text, setText] = useState('')
  const take = (more: string): void => {
    if (more.trim() !== '') onChange(addTags(value, more))
    setText('')
  }
  return {
    value: text,
    onChange: (event: ChangeEvent<HTMLInputElement>) => setText(event.target.value),
    onBlur: () => take(text),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Backspace' && text === '') onChange(value.slice(0, -1))
      if ((event.key !== 'Enter' && event.key !== ',') || text.trim() === '') return
      event.preventDefault()
      take(text)
    },
    onPaste: (event: ClipboardEvent) => {
      const pasted = event.clipboardData.getData('text')
      if (!/[,;\n]/.test(pasted)) return
      event.preventDefault()
      take(text + pasted)
    },
  }
}

export function TagsField({ label, value, onChange, suggestions, errors }: TagsFieldProps) {
  const t = useTranslate()
  const id = useId()
  const input = useTagInput(value, onChange)
  return (
    <div className={fieldStyles.field}>
      <label className={fieldStyles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.box}>
        {value.length > 0 && <Chips label={label} tags={value} onChange={onChange} />}
        <input
          id={id}
          className={styles.input}
          list={`${id}-list`}
          {...input}
          placeholder={value.length === 0 ? t('tags.placeholder') : ''}
          aria-invalid={errors.length > 0}
          aria-describedby={`${id}-errors`}
        />
        <datalist id={`${id}-list`}>
          {suggestions
            .filter((tag) => !value.includes(tag))
            .map((tag) => (
              <option key={tag} value={tag}>
                {tag}
              </option>
            ))}
        </datalist>
      </div>
      <div id={`${id}-errors`} className={fieldStyles.error}>
        {errors.join(' ')}
      </div>
    </div>
  )
}

function Chips(props: { label: string; tags: readonly string[]; onChange: (tags: string[]) => void }) {
  const t = useTranslate()
  const { label, tags, onChange } = props
  return (
    <TagGroup
      className={cx(styles.group)}
      onRemove={(gone) => onChange(tags.filter((tag) => !gone.has(tag)))}
    >
      <Label className={cx(styles.unseen)}>{label}</Label>
      <TagList className={cx(styles.chips)} items={tags.map((id) => ({ id }))}>
        {({ id }) => (
          <Tag id={id} textValue={id} className={cx(styles.chip)}>
            <span className={styles.chipText}>{id}</span>
            <Button slot="remove" className={cx(styles.remove)} aria-label={t('tags.remove', { tag: id })}>
              <X aria-hidden />
            </Button>
          </Tag>
        )}
      </TagList>
    </TagGroup>
  )
}
