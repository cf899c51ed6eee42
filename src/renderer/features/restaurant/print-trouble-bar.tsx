import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ReplyOf } from '#contract/endpoint.ts'
import type { showPrintTrouble } from '#contract/print-jobs.ts'
import { useApi } from '../../lib/api.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { printTroubleQuery } from './queries.ts'
import styles from './print-trouble-bar.module.css'

type Trouble = ReplyOf<typeof showPrintTrouble>['trouble']

/** A ticket that waits its turn is no trouble; one that has been waiting for longer than this (ms) is. */
const patience = 10_000

/** How many tickets need a person or a printer; those that were only just written are left out. */
export function stuckTickets({ held, waiting, oldest_at }: Trouble, now: number): number {
  const isLate = oldest_at !== null && now - Date.parse(oldest_at) >= patience
  return held + (isLate ? waiting : 0)
}

/** On top of every screen, so that staff need not hear from the kitchen that no paper came out. */
export function PrintTroubleBar() {
  const t = useTranslate()
  const api = useApi()
  const now = useNow(5_000)
  const { data } = useQuery({ ...printTroubleQuery(api), retry: false })
  if (!data) return null
  const count = stuckTickets(data, now)
  if (count === 0 && data.printers.length === 0) return null
  return (
    <div className={styles.bar} role="alert">
      <TriangleAlert aria-hidden />
      <p className={styles.text}>
        <TroubleText count={count} printers={data.printers} />
      </p>
      <LinkButton to="/printing/queue">{t('trouble.show')}</LinkButton>
    </div>
  )
}

/** Where it is one printer, the sentence names it; of several, each says its own. */
function TroubleText({ count, printers }: { count: number; printers: Trouble['printers'] }) {
  const t = useTranslate()
  const [only, ...others] = printers
  if (only && others.length === 0 && count > 0)
    return <strong>{t('trouble.atPrinter', { count, printer: only.name, reason: only.reason })}</strong>
  return (
    <>
      {count > 0 && <strong>{t('trouble.tickets', { count })}</strong>}
      {printers.map(({ id, name, reason }) => (
        <span key={id}>{t('trouble.printer', { printer: name, reason })}</span>
      ))}
    </>
  )
}

function useNow(every: number): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}
