import { FlaskConical, Layers, ScanBarcode } from 'lucide-react'
import { useLayoutEffect, useRef, type ReactNode } from 'react'
import type { RecallMatch } from '#contract/recalls.ts'
import { cx } from '../../lib/cx.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { DataBasis } from './data-basis.tsx'
import { markVerdict } from './frame-marks.ts'
import { ItemFacts } from './item-facts.tsx'
import { MissingForm } from './missing-form.tsx'
import type { Scanned, ScanSession } from './use-scan-session.ts'
import { verdictLooks } from './verdict-looks.ts'
import styles from './field.module.css'

interface VerdictBodyProps {
  scanned: Scanned
  session: ScanSession
  /** What can be done about it, between why and the small print. */
  actions: ReactNode
}

/** Why, how old, what can be done, and what is still to be found out. */
export function VerdictBody({ scanned, session, actions }: VerdictBodyProps) {
  const t = useTranslate()
  const { verdict, data } = scanned
  return (
    <div className={styles.verdictBody}>
      <DataBasis data={data} at={scanned.at} />
      {verdict.matches.some(({ is_mock }) => is_mock) && (
        <p className={styles.together}>
          <StatusBadge icon={FlaskConical} tone="accent">
            {t('verdict.mock')}
          </StatusBadge>
          {t('verdict.mock.text')}
        </p>
      )}
      <Together scanned={scanned} split={session.split} />
      {verdict.missing.length > 0 && (
        <MissingForm key={`missing-${scanned.id}`} missing={verdict.missing} tell={session.tell} />
      )}
      {verdict.matches.length > 0 && <Matches matches={verdict.matches} />}
      {actions}
      <ItemFacts scanned={scanned} />
      <Button icon={<ScanBarcode aria-hidden />} onPress={session.clear}>
        {t('field.next')}
      </Button>
    </div>
  )
}

/** The answer to one scan in colour, icon and word. */
export function VerdictHeadline({ scanned }: { scanned: Scanned }) {
  const t = useTranslate()
  const { verdict, frameAt, round } = scanned
  const { name, icon: Icon } = verdictLooks[verdict.verdict]
  const marked = useRef(0)
  const head = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    if (marked.current === round) return
    marked.current = round
    head.current?.scrollIntoView({ block: 'nearest' })
    markVerdict(frameAt)
  }, [round, frameAt])
  return (
    <header ref={head} className={styles.headline}>
      <Icon aria-hidden />
      <div>
        <h2 className={styles.word}>{t(name)}</h2>
        <p>{verdict.sentence}</p>
      </div>
    </header>
  )
}

function Together({ scanned, split }: { scanned: Scanned; split: () => void }) {
  const t = useTranslate()
  if (scanned.isOneOfSeveral) return <p className={styles.together}>{t('field.several')}</p>
  if (!scanned.isJoined) return null
  return (
    <p className={styles.together}>
      <Layers aria-hidden />
      {t('field.joined')}
      <Button small onPress={split}>
        {t('field.split')}
      </Button>
    </p>
  )
}

function Matches({ matches }: { matches: readonly RecallMatch[] }) {
  const t = useTranslate()
  return (
    <section className={styles.part}>
      <h3>{t('field.why')}</h3>
      <ul className={styles.matches}>
        {matches.map((match) => (
          <li key={`${match.recall_id} ${match.line} ${match.reason}`} className={cx(styles.match)}>
            <strong>{match.title}</strong>
            <span>{match.reason}</span>
            {match.instructions !== null && (
              <span>
                <b>{t('field.match.todo')}:</b> {match.instructions}
              </span>
            )}
            <small>{t('field.match.line', { line: match.line + 1, revision: match.revision })}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}
