import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { revokeToken, type Token } from '#contract/tokens.ts'
import { useApi } from '../../lib/api.tsx'
import { describeFailure } from '../../lib/failure.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { useToast } from '../../ui/toast.tsx'
import { NewTokenDialog } from './new-token-dialog.tsx'
import { tokensQuery } from './queries.ts'
import { TokenLine } from './token-line.tsx'
import styles from './tokens.module.css'

export function TokensScreen() {
  const t = useTranslate()
  const [creating, setCreating] = useState(false)
  return (
    <Card
      title={t('tokens.title')}
      actions={
        <Button tone="primary" icon={<Plus aria-hidden />} onPress={() => setCreating(true)}>
          {t('tokens.create')}
        </Button>
      }
    >
      <p className={styles.lead}>{t('tokens.lead')}</p>
      <TokenList />
      <NewTokenDialog isOpen={creating} onClose={() => setCreating(false)} />
    </Card>
  )
}

function TokenList() {
  const t = useTranslate()
  const api = useApi()
  const [page, setPage] = useState(1)
  const [revoking, setRevoking] = useState<Token | null>(null)
  const { data, error, refetch } = useQuery(tokensQuery(api, page))
  const revoke = useRevoke()
  if (error !== null) return <FailureNotice error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton label={t('ui.loading')} bars={3} />
  if (data.total === 0) {
    return (
      <EmptyState icon={<KeyRound aria-hidden />} title={t('tokens.none')}>
        {t('tokens.none.text')}
      </EmptyState>
    )
  }
  return (
    <>
      <ul className={styles.list}>
        {data.data.map((token) => (
          <TokenLine key={token.id} token={token} revoke={() => setRevoking(token)} />
        ))}
      </ul>
      <Pagination page={data.current_page} lastPage={data.last_page} onChange={setPage} />
      <ConfirmDialog
        title={t('tokens.revoke.title', { name: revoking?.name ?? '' })}
        isOpen={revoking !== null}
        onClose={() => setRevoking(null)}
        action={t('tokens.revoke')}
        onConfirm={() => revoking && revoke.mutate(revoking)}
      >
        {t('tokens.revoke.text')}
      </ConfirmDialog>
    </>
  )
}

function useRevoke() {
  const t = useTranslate()
  const api = useApi()
  const queries = useQueryClient()
  const toast = useToast()
  return useMutation({
    mutationFn: (token: Token) => api.call(revokeToken, { params: { id: token.id } }),
    onSuccess: async (_, token) => {
      await queries.invalidateQueries({ queryKey: ['tokens'] })
      toast({ title: t('tokens.revoked', { name: token.name }) })
    },
    onError: (error) => {
      const { title, advice } = describeFailure(error, t)
      toast({ title, detail: advice, tone: 'bad' })
    },
  })
}
