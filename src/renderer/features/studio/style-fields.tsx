import { plainStyle, type CodeStyle } from '#codes/qr/code-style.ts'
import { useTranslate } from '../../lib/translate.ts'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { SelectField } from '../../ui/select-field.tsx'
import type { StudioDraft } from './studio-draft.ts'
import styles from './studio.module.css'

interface FieldsProps {
  draft: StudioDraft
  onChange: (draft: StudioDraft) => void
}

const levels = [
  { id: 'L', name: 'studio.level.L' },
  { id: 'M', name: 'studio.level.M' },
  { id: 'Q', name: 'studio.level.Q' },
  { id: 'H', name: 'studio.level.H' },
] as const
const shapes = [
  { id: 'square', name: 'studio.shape.square' },
  { id: 'rounded', name: 'studio.shape.rounded' },
  { id: 'dot', name: 'studio.shape.dot' },
] as const
const finders = [
  { id: 'square', name: 'studio.finder.square' },
  { id: 'rounded', name: 'studio.finder.rounded' },
  { id: 'circle', name: 'studio.finder.circle' },
] as const

export function StyleFields({ draft, onChange }: FieldsProps) {
  const t = useTranslate()
  const { style, logo } = draft
  const set = (change: Partial<CodeStyle>): void => onChange({ ...draft, style: { ...style, ...change } })
  return (
    <>
      <div className={formStyles.pair}>
        <ColourField
          label={t('studio.foreground')}
          value={style.foreground ?? plainStyle.foreground}
          onChange={(foreground) => set({ foreground })}
        />
        <ColourField
          label={t('studio.background')}
          value={style.background ?? plainStyle.background}
          onChange={(background) => set({ background })}
        />
      </div>
      <div className={formStyles.pair}>
        <SelectField
          label={t('studio.shape')}
          value={style.shape ?? 'square'}
          onChange={(shape) => set({ shape })}
          choices={shapes.map(({ id, name }) => ({ id, name: t(name) }))}
        />
        <SelectField
          label={t('studio.finder')}
          value={style.finder ?? 'square'}
          onChange={(finder) => set({ finder })}
          choices={finders.map(({ id, name }) => ({ id, name: t(name) }))}
        />
      </div>
      <ColourField
        label={t('studio.finderColour')}
        value={style.finder_colour ?? style.foreground ?? plainStyle.foreground}
        onChange={(finder_colour) => set({ finder_colour })}
      />
      <div className={formStyles.pair}>
        <SelectField
          label={t('studio.level')}
          value={style.ecc ?? (logo === undefined ? 'M' : 'H')}
          onChange={(ecc) => set({ ecc })}
          choices={levels.map(({ id, name }) => ({ id, name: t(name) }))}
        />
        <SelectField
          label={t('studio.margin')}
          value={String(style.margin ?? plainStyle.margin)}
          onChange={(margin) => set({ margin: Number(margin) })}
          choices={margins(style.margin).map((id) => ({
            id: String(id),
            name: t('studio.modules', { count: id }),
          }))}
        />
      </div>
    </>
  )
}

/** The usual ones, and the one that is in force. */
function margins(now: number | undefined): number[] {
  return [...new Set([0, 1, 2, 3, 4, 6, 8, 10, now ?? plainStyle.margin])].toSorted((a, b) => a - b)
}

interface ColourProps {
  label: string
  value: string
  onChange: (colour: string) => void
}

/** A colour by eye or by its number. */
function ColourField({ label, value, onChange }: ColourProps) {
  const t = useTranslate()
  return (
    <div className={styles.colour}>
      <input
        type="color"
        aria-label={t('studio.pick', { what: label })}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <TextField
        key={value}
        label={label}
        mono
        maxLength={7}
        defaultValue={value}
        onChange={(text) => {
          const whole = /^#?[0-9a-f]{6}$/i.test(text.trim())
          if (whole) onChange(`#${text.trim().replace('#', '').toLowerCase()}`)
        }}
      />
    </div>
  )
}
