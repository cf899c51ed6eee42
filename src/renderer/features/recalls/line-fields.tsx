import { Plus, Trash2 } from 'lucide-react'
import { ApiError } from '#contract/errors.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { emptyLine, type LineDraft } from './line-draft.ts'
import { Original } from './original.tsx'
import styles from './recalls.module.css'

interface LinesProps {
  lines: readonly LineDraft[]
  onChange: (lines: LineDraft[]) => void
  /** What the server said, shown at the line it is about. */
  error: unknown
}

/** The lines of a recall; each is a group of goods with its conditions. */
export function LineFields({ lines, onChange, error }: LinesProps) {
  const t = useTranslate()
  return (
    <>
      {lines.map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines have no names of their own
        <fieldset key={index} className={styles.goods}>
          <legend className={styles.goodsName}>{t('recalls.line', { number: index + 1 })}</legend>
          <OneLine line={line} onChange={(next) => onChange(lines.with(index, next))} />
          <LineErrors error={error} index={index} />
          {lines.length > 1 && (
            <div>
              <Button
                small
                icon={<Trash2 aria-hidden />}
                onPress={() => onChange(lines.filter((_, other) => other !== index))}
              >
                {t('recalls.line.remove', { number: index + 1 })}
              </Button>
            </div>
          )}
        </fieldset>
      ))}
      <div>
        <Button icon={<Plus aria-hidden />} onPress={() => onChange([...lines, emptyLine])}>
          {t('recalls.line.add')}
        </Button>
      </div>
    </>
  )
}

function OneLine({ line, onChange }: { line: LineDraft; onChange: (line: LineDraft) => void }) {
  const t = useTranslate()
  const field = (name: Exclude<keyof LineDraft, 'kept'>) => ({
    value: line[name],
    onChange: (value: string) => onChange({ ...line, [name]: value }),
  })
  return (
    <>
      {line.kept.original_text && <Original text={line.kept.original_text} />}
      <TextField
        label={t('recalls.gtins')}
        hint={t('recalls.gtins.hint')}
        rows={2}
        isRequired
        mono
        {...field('gtins')}
      />
      <div className={formStyles.pair}>
        <TextField label={t('recalls.lots')} hint={t('recalls.lots.hint')} rows={3} {...field('lots')} />
        <TextField
          label={t('recalls.lotRanges')}
          hint={t('recalls.lotRanges.hint')}
          rows={3}
          {...field('lotRanges')}
        />
      </div>
      <div className={formStyles.pair}>
        <TextField label={t('recalls.lotPrefixes')} rows={2} {...field('lotPrefixes')} />
        <TextField label={t('recalls.excludedLots')} rows={2} {...field('excludedLots')} />
      </div>
      <TextField label={t('recalls.serials')} rows={2} {...field('serials')} />
      <div className={formStyles.pair}>
        <TextField label={t('recalls.expiryFrom')} type="date" {...field('expiryFrom')} />
        <TextField label={t('recalls.expiryTo')} type="date" {...field('expiryTo')} />
      </div>
    </>
  )
}

function LineErrors({ error, index }: { error: unknown; index: number }) {
  if (!(error instanceof ApiError) || !error.errors) return null
  const own = Object.entries(error.errors).filter(([field]) => field.startsWith(`lines.${index}.`))
  if (own.length === 0) return null
  return (
    <div role="alert">
      <ul className={styles.wrong}>
        {own.map(([field, sentences]) => (
          <li key={field}>{sentences.join(' ')}</li>
        ))}
      </ul>
    </div>
  )
}
