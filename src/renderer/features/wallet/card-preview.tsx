import { drawSvg } from '#codes/qr/draw-svg.ts'
import { encodeQr, QrTooLong } from '#codes/qr/encode-qr.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { fromLocalInput } from '../../lib/local-time.ts'
import type { CardDraft } from './card-draft.ts'
import { plainLook } from './look-fields.tsx'
import styles from './wallet.module.css'

interface PreviewProps {
  draft: CardDraft
  /** The address of a picture of its code; left out while the card is written, when a text of its own is drawn. */
  code?: string | null | undefined
}

/** The card in its colours. */
export function CardPreview({ draft, code = codeOf(draft.codeText) }: PreviewProps) {
  const t = useTranslate()
  const formats = useFormats()
  const { look, contact, event } = draft
  const starts = fromLocalInput(draft.starts)
  const lines =
    draft.kind === 'contact'
      ? [
          [contact.job_title, contact.organization].filter(Boolean).join(', '),
          ...draft.phones.map(({ value }) => value),
          ...draft.emails.map(({ value }) => value),
          contact.website,
        ]
      : [starts && formats.dateTime(starts), event.location, event.organizer]
  return (
    <section
      className={styles.card}
      aria-label={t('wallet.preview')}
      style={{
        background: look.background ?? plainLook.background,
        color: look.foreground ?? plainLook.foreground,
      }}
    >
      {look.logo && <img className={styles.cardLogo} src={look.logo} alt="" />}
      {look.photo && <img className={styles.cardPhoto} src={look.photo} alt="" />}
      <strong className={styles.cardTitle}>
        <bdi>{draft.title || t(draft.kind === 'contact' ? 'wallet.name' : 'wallet.eventTitle')}</bdi>
      </strong>
      {draft.subtitle && <bdi>{draft.subtitle}</bdi>}
      {lines.filter(Boolean).map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- two lines may say the same
        <bdi key={index}>{line}</bdi>
      ))}
      {code && <img className={styles.cardCode} src={code} alt={t('wallet.codePicture')} />}
    </section>
  )
}

/** A picture of a code of the card's own text; undefined without one, and for a text that no code holds. */
function codeOf(text: string): string | undefined {
  if (text.trim() === '') return undefined
  try {
    const svg = drawSvg(encodeQr(text, { level: 'M' }), {})
    return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  } catch (error) {
    if (error instanceof QrTooLong) return undefined
    throw error
  }
}
