import { useState } from 'react'
import { checkDestination } from '#contract/destinations.ts'
import { makeReservedMatcher, type ReservedMatcher } from '#contract/reserved-slugs.ts'
import { canonicalSlug, slugProblem } from '#contract/slugs.ts'
import { useBusiness } from '../../lib/business.tsx'
import { cx } from '../../lib/cx.ts'
import { useDebounced } from '../../lib/debounced.ts'
import { useTranslate, type Translate } from '../../lib/translate.ts'
import formStyles from '../../ui/form.module.css'

interface Advice {
  tone: 'wrong' | 'caution' | undefined
  text: string
  suggestion?: string | undefined
}

interface AdviceProps {
  value: string
  /** The value that the server refused, whose sentence stands beside it already: only what mends it is shown. */
  refused: string | undefined
  take: (value: string) => void
}

interface SlugAdviceProps extends AdviceProps {
  emptyText: string | undefined
  changedFrom: string | undefined
}

/** What the server will say of a slug, said while it is typed. */
export function SlugAdvice({ value, refused, take, emptyText, changedFrom }: SlugAdviceProps) {
  const t = useTranslate()
  const [reserved] = useState(() => makeReservedMatcher())
  const text = useDebounced(value, 200)
  const advice =
    text.trim() === ''
      ? emptyText !== undefined && { tone: undefined, text: emptyText }
      : adviceOnSlug(text, changedFrom, reserved, t)
  return advice ? <Line advice={advice} take={take} isSaid={refused === value} /> : null
}

function adviceOnSlug(
  text: string,
  changedFrom: string | undefined,
  reserved: ReservedMatcher,
  t: Translate,
): Advice | undefined {
  const slug = canonicalSlug(text)
  const problem = slugProblem(text)
  if (problem) return { tone: 'wrong', text: problem.message, suggestion: problem.suggestion }
  const taken = reserved.exact(slug)
  if (taken) return { tone: 'wrong', text: t('links.slug.reserved', { reason: taken.reason }) }
  const like = reserved.lookalike(slug)
  if (like) return { tone: 'caution', text: t('links.slug.lookalike', { slug: like.slug }) }
  if (changedFrom !== undefined && slug !== changedFrom) {
    return { tone: 'caution', text: t('links.slug.printed', { slug: changedFrom }) }
  }
  return slug === text ? undefined : { tone: undefined, text: t('links.slug.storedAs', { slug }) }
}

/** What the server will say of a destination, said while it is typed. */
export function DestinationAdvice({ value, refused, take }: AdviceProps) {
  const { all } = useBusiness()
  const text = useDebounced(value, 350)
  if (text.trim() === '' || /^https?:?\/{0,2}$/.test(text)) return null
  const ownHosts = all.flatMap(({ short_domain }) => short_domain ?? [])
  return checkDestination(text, { ownHosts }).map(({ code, severity, message, suggestion }) => (
    <Line
      key={code}
      advice={{ tone: severity === 'error' ? 'wrong' : 'caution', text: message, suggestion }}
      take={take}
      isSaid={refused === value}
    />
  ))
}

interface LineProps {
  advice: Advice
  take: (value: string) => void
  isSaid: boolean
}

function Line({ advice: { tone, text, suggestion }, take, isSaid }: LineProps) {
  const t = useTranslate()
  const isSilent = isSaid && tone === 'wrong'
  if (isSilent && suggestion === undefined) return null
  return (
    <output className={cx(formStyles.advice, tone && formStyles[tone])}>
      {!isSilent && text}
      {suggestion !== undefined && (
        <button type="button" className={formStyles.suggestion} onClick={() => take(suggestion)}>
          {t('links.useSuggestion', { suggestion })}
        </button>
      )}
    </output>
  )
}
