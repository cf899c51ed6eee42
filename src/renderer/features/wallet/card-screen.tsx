import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Download, KeyRound, PencilLine, Printer, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { exportWalletPass, type WalletFormat, type WalletPass } from '#contract/wallet-passes.ts'
import { useApi } from '../../lib/api.tsx'
import { describeFailure, fieldErrorsOf } from '../../lib/failure.ts'
import { saveFile } from '../../lib/save-file.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Button } from '../../ui/button.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { useToast } from '../../ui/toast.tsx'
import { WaitingPage } from '../../ui/waiting-page.tsx'
import { draftOf } from './card-draft.ts'
import { EditCard } from './card-form.tsx'
import { CardPreview } from './card-preview.tsx'
import { cardQuery, codeQuery, useCreateCard, useDeleteCard } from './queries.ts'
import layout from '../../ui/layout.module.css'
import styles from './wallet.module.css'

const route = getRouteApi('/wallet/$cardId')

export function CardScreen() {
  const t = useTranslate()
  const { cardId } = route.useParams()
  const { data, error, refetch } = useQuery(cardQuery(useApi(), cardId))
  if (data) return <Detail key={cardId} card={data.card} etag={data.etag} />
  return <WaitingPage title={t('wallet.one')} back={<Back />} error={error} retry={() => void refetch()} />
}

function Back() {
  const t = useTranslate()
  return <BackLink to="/wallet">{t('wallet.title')}</BackLink>
}

function Detail({ card, etag }: { card: WalletPass; etag: string | null }) {
  const t = useTranslate()
  const [editing, setEditing] = useState(false)
  return (
    <Page
      title={<bdi>{card.title}</bdi>}
      back={<Back />}
      actions={
        <>
          <Delete card={card} />
          <LinkButton to="/exports" search={{ of: 'cards', ids: card.id }} icon={<Printer aria-hidden />}>
            {t('wallet.print')}
          </LinkButton>
          <Button icon={<PencilLine aria-hidden />} onPress={() => setEditing(true)}>
            {t('wallet.edit')}
          </Button>
        </>
      }
    >
      <div className={layout.columns}>
        <Card title={t('wallet.preview')}>
          <Preview card={card} />
        </Card>
        <Files card={card} />
      </div>
      <EditCard card={card} etag={etag} isOpen={editing} onClose={() => setEditing(false)} />
    </Page>
  )
}

/** The card with the code that its files carry. */
function Preview({ card }: { card: WalletPass }) {
  const { data: code } = useQuery(codeQuery(useApi(), card))
  return <CardPreview draft={draftOf(card)} code={code} />
}

/** Removed at once, and made again by Undo. */
function Delete({ card }: { card: WalletPass }) {
  const t = useTranslate()
  const toast = useToast()
  const navigate = useNavigate()
  const remove = useDeleteCard()
  const again = useCreateCard()
  const { id: _id, import_id: _import, created_at: _made, updated_at: _changed, ...fields } = card
  const run = (): void =>
    remove.mutate(card.id, {
      onSuccess: () => {
        const action = { name: t('ui.undo'), run: () => again.mutate(fields) }
        toast({ title: t('wallet.removed', { title: card.title }), action })
        void navigate({ to: '/wallet' })
      },
      onError: (error) => {
        const { title, advice } = describeFailure(error, t)
        toast({ title, detail: advice, tone: 'bad' })
      },
    })
  return (
    <Button icon={<Trash2 aria-hidden />} onPress={run} isDisabled={remove.isPending}>
      {t('wallet.removeCard')}
    </Button>
  )
}

const files: readonly { format: WalletFormat; ending: string; name: MessageId; kinds: readonly string[] }[] =
  [
    { format: 'vcf', ending: 'vcf', name: 'wallet.format.vcf', kinds: ['contact'] },
    { format: 'ics', ending: 'ics', name: 'wallet.format.ics', kinds: ['event'] },
    { format: 'html', ending: 'html', name: 'wallet.format.html', kinds: ['contact', 'event'] },
    { format: 'apple', ending: 'pkpass', name: 'wallet.format.apple', kinds: ['contact', 'event'] },
    { format: 'google', ending: 'json', name: 'wallet.format.google', kinds: ['contact', 'event'] },
  ]

/** A card in every form; what is missing for one is said beside its button. */
function Files({ card }: { card: WalletPass }) {
  const t = useTranslate()
  const api = useApi()
  const [making, setMaking] = useState<WalletFormat>()
  const [failure, setFailure] = useState<unknown>(null)
  const save = async (format: WalletFormat, ending: string): Promise<void> => {
    setMaking(format)
    setFailure(null)
    try {
      const answer = await api.request(exportWalletPass, { params: { id: card.id }, query: { format } })
      const name = card.title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '')
      saveFile(await answer.blob(), `${name || 'card'}.${ending}`)
    } catch (error) {
      setFailure(error)
    } finally {
      setMaking(undefined)
    }
  }
  return (
    <Card title={t('wallet.files')}>
      {failure !== null && <Refusal error={failure} />}
      <ul className={styles.files}>
        {files
          .filter(({ kinds }) => kinds.includes(card.kind))
          .map(({ format, ending, name }) => (
            <li key={format}>
              <Button
                icon={<Download aria-hidden />}
                isDisabled={making !== undefined}
                onPress={() => void save(format, ending)}
              >
                {t(name)}
              </Button>
            </li>
          ))}
      </ul>
      <p className={layout.soft}>{t('wallet.files.text')}</p>
    </Card>
  )
}

function Refusal({ error }: { error: unknown }) {
  const t = useTranslate()
  const { title, advice } = describeFailure(error, t)
  const errors = fieldErrorsOf(error)
  // Beside the sentence the server names every field that is missing; here the way to them is better.
  if (errors['credentials'] === undefined) {
    return (
      <Notice tone="warn" title={title}>
        {advice}
      </Notice>
    )
  }
  const toSigning = (
    <LinkButton to="/settings/signing" icon={<KeyRound aria-hidden />}>
      {t('signing.title')}
    </LinkButton>
  )
  return (
    <Notice tone="warn" title={title} actions={toSigning}>
      {errors['format']?.[0] ?? advice}
    </Notice>
  )
}
