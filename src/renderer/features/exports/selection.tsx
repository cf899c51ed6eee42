import { QrCode, WalletCards } from 'lucide-react'
import { useFormats } from '../../lib/format.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import type { ExportSearch } from './export-search.ts'
import styles from './exports.module.css'

const names = {
  campaign: 'exports.of.campaign',
  tag: 'exports.of.tag',
  status: 'exports.of.status',
  search: 'exports.of.search',
  import_id: 'exports.of.import',
  kind: 'exports.of.kind',
} as const satisfies Record<string, MessageId>

/** A filter in words, a phrase for each part of it. */
export function useFilterWords(filter: { [Name in keyof typeof names]?: string }): string[] {
  const t = useTranslate()
  return Object.entries(names).flatMap(([name, message]) => {
    const value = filter[name as keyof typeof names]
    return value === undefined ? [] : [t(message, { value })]
  })
}

/** Which links or cards it is about, in words, and the way to choose others. */
export function Selection({ search }: { search: ExportSearch }) {
  const t = useTranslate()
  const formats = useFormats()
  const { ids, of } = search
  const parts = useFilterWords(search)
  const count = ids?.split(',').length ?? 0
  const values = { count, shown: formats.number(count) }
  const ofCards = of === 'cards'
  const all = t(ofCards ? 'exports.allCards' : 'exports.all')
  return (
    <div className={styles.selection}>
      <p>
        <strong>{t(ofCards ? 'exports.cards' : 'exports.links')}</strong>
        <br />
        {ids !== undefined && t(ofCards ? 'exports.chosenCards' : 'exports.chosen', values)}
        {ids === undefined && (parts.length === 0 ? all : <bdi>{parts.join(' · ')}</bdi>)}
      </p>
      {ofCards ? (
        <LinkButton to="/wallet" icon={<WalletCards aria-hidden />}>
          {t('exports.chooseCards')}
        </LinkButton>
      ) : (
        <LinkButton to="/qr-links" icon={<QrCode aria-hidden />}>
          {t('exports.choose')}
        </LinkButton>
      )}
    </div>
  )
}
