import { useState } from 'react'
import { checkDestination } from '#contract/destinations.ts'
import { makeReservedMatcher } from '#contract/reserved-slugs.ts'
import { canonicalSlug, slugProblem } from '#contract/slugs.ts'
import { useBusiness } from '../../lib/business.tsx'
import { cx } from '../../lib/cx.ts'
import { useDebounced } from '../../lib/debounced.ts'
import { useTranslate } from '../../lib/translate.ts'
import formStyles from '../../ui/form.module.css'

interface Advice {
  tone: 'wrong' | 'caution' | undefined
  text: string
  suggestion?: string | undefined
}

interface AdviceProps {
  value: string
  take: (value: string) => void
}

/** What the server will say of a slug, said while it is typed. */
export function SlugAdvice(
  props: AdviceProps & { emptyText: string | undefined; changedFrom: string | undefined },
) {
  const t = useTranslate()
  const { value, take, emptyText, changedFrom } = props
  const [reserved] = useState(() => makeReservedMatcher())
  const text = useDebounced(value, 200)
  if (text.trim() === '')
    return emptyText === undefined ? null : <Line advice={{ tone: undefined, text: emptyText }} take={take} />
  const slug = canonicalSlug(text)
  const problem = slugProblem(text)
  if (problem)
    return (
      <Line advice={{ tone: 'wrong', text: problem.message, suggestion: problem.suggestion }} take={take} />
    )
  const taken = reserved.exact(slug)
  if (taken)
    return (
      <Line
        advice={{ tone: 'wrong', text: t('links.slug.reserved', { reason: taken.reason }) }}
        take={take}
      />
    )
  const like = reserved.lookalike(slug)
  if (like)
    return (
      <Line advice={{ tone: 'caution', text: t('links.slug.lookalike', { slug: like.slug }) }} take={take} />
    )
  if (changedFrom !== undefined && slug !== changedFrom) {
    return (
      <Line advice={{ tone: 'caution', text: t('links.slug.printed', { slug: changedFrom }) }} take={take} />
    )
  }
  return slug === text ? null : (
    <Line advice={{ tone: undefined, text: t('links.slug.storedAs', { slug }) }} take={take} />
  )
}

/** What the server will say of a destination, said while it is typed. */
export function DestinationAdvice({ value, take }: AdviceProps) {
  const { all } = useBusiness()
  const text = useDebounced(value, 350)
  if (text.trim() === '' || /^https?:?\/{0,2}$/.test(text)) return null
  const ownHosts = all.flatMap(({ short_domain }) => short_domain ?? [])
  return checkDestination(text, { ownHosts }).map(({ code, severity, message, suggestion }) => (
    <Line
      key={code}
      advice={{ tone: severity === 'error' ? 'wrong' : 'caution', text: message, suggestion }}
      take={take}
    />
  ))
}

function Line({
  advice: { tone, text, suggestion },
  take,
}: {
  advice: Advice
  take: (value: string) => void
}) {
  const t = useTranslate()
  return (
    <output className={cx(formStyles.advice, tone && formStyles[tone])}>
      {text}
      {suggestion !== undefined && (
        <button type="button" className={formStyles.suggestion} onClick={() => take(suggestion)}>
          {t('links.useSuggestion', { suggestion })}
        </button>
      )}
    </output>
  )
}
