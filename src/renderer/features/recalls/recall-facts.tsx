import type { RecallLine } from '#contract/recall-lines.ts'
import type { Recall } from '#contract/recalls.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Card } from '../../ui/page.tsx'
import { Original } from './original.tsx'
import styles from './recalls.module.css'

export function NoticeCard({ recall }: { recall: Recall }) {
  const t = useTranslate()
  const formats = useFormats()
  const { notice } = recall
  const quantity = notice.affected_quantity
  return (
    <Card title={t('recalls.notice')}>
      <Facts>
        <Fact name={t('recalls.field.number')}>{notice.number}</Fact>
        <Fact name={t('recalls.field.issuer')}>{notice.issuer}</Fact>
        <Fact name={t('recalls.field.classification')}>{notice.classification}</Fact>
        <Fact name={t('recalls.field.reason')}>{notice.reason}</Fact>
        <Fact name={t('recalls.field.hazard')}>{notice.hazard}</Fact>
        <Fact name={t('recalls.field.instructions')}>{notice.instructions}</Fact>
        <Fact name={t('recalls.field.contact')}>{notice.contact}</Fact>
        <Fact name={t('recalls.field.quantity')}>{quantity ? formats.number(quantity) : null}</Fact>
        <Fact name={t('recalls.inForceSince')}>
          {recall.activated_at === null ? null : formats.dateTime(recall.activated_at)}
        </Fact>
        <Fact name={t('recalls.closedAt')}>
          {recall.closed_at === null ? null : formats.dateTime(recall.closed_at)}
        </Fact>
      </Facts>
      {notice.original_text && <Original text={notice.original_text} />}
    </Card>
  )
}

export function LinesCard({ recall }: { recall: Recall }) {
  const t = useTranslate()
  return (
    <Card title={t('recalls.goods')}>
      {recall.lines.length === 0 && <p>{t('recalls.noLines')}</p>}
      <div>
        {recall.lines.map((line, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- lines have no names of their own
          <div key={index} className={styles.line}>
            <Line line={line} />
          </div>
        ))}
      </div>
    </Card>
  )
}

function Line({ line }: { line: RecallLine }) {
  const t = useTranslate()
  const ranges = (list: readonly { from: string; to: string }[] | undefined): string[] =>
    (list ?? []).map(({ from, to }) => `${from} – ${to}`)
  return (
    <>
      <Facts>
        <Codes name={t('recalls.gtins')} codes={line.gtins} />
        <Codes name={t('recalls.lots')} codes={line.lots} />
        <Codes name={t('recalls.lotRanges')} codes={ranges(line.lot_ranges)} />
        <Codes name={t('recalls.lotPrefixes')} codes={line.lot_prefixes} />
        <Codes name={t('recalls.serials')} codes={[...(line.serials ?? []), ...ranges(line.serial_ranges)]} />
        <Days line={line} />
        <Codes name={t('recalls.excludedLots')} codes={line.excluded_lots} />
        <Codes name={t('recalls.excludedSerials')} codes={line.excluded_serials} />
      </Facts>
      {line.original_text && <Original text={line.original_text} />}
    </>
  )
}

/** The first of a long list; nobody reads five thousand lots. */
const shown = 200

function Codes({ name, codes }: { name: string; codes: readonly string[] | undefined }) {
  const t = useTranslate()
  if (!codes || codes.length === 0) return null
  const more = codes.length - shown
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <span className={styles.codes}>
          <bdi>{codes.slice(0, shown).join(', ')}</bdi>
          {more > 0 && ` ${t('recalls.more', { count: more })}`}
        </span>
      </dd>
    </>
  )
}

const dayNames = {
  expiry: 'recalls.day.expiry',
  best_before: 'recalls.day.best_before',
  production: 'recalls.day.production',
  packaging: 'recalls.day.packaging',
  sell_by: 'recalls.day.sell_by',
} as const

function Days({ line }: { line: RecallLine }) {
  const t = useTranslate()
  const formats = useFormats()
  const day = (text: string | null): string => (text === null ? '…' : formats.date(`${text}T12:00:00`))
  return (line.days ?? []).map(({ kind, ranges }) => (
    <Fact key={kind} name={t(dayNames[kind])}>
      {ranges.map(({ from, to }) => (from === to ? day(from) : `${day(from)} – ${day(to)}`)).join(', ')}
    </Fact>
  ))
}
