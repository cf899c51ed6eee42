import { useQuery } from '@tanstack/react-query'
import { Inbox, Plus, SearchX, UtensilsCrossed } from 'lucide-react'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { menuQuery } from './queries.ts'

/** No order is open: says what is missing, or what will happen. */
export function BoardEmpty({ isSilent }: { isSilent: boolean }) {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const { data: menu, isPending } = useQuery(menuQuery(api, current.id))
  if (isPending) return <Skeleton label={t('ui.loading')} bars={4} />
  if (menu?.length === 0) {
    return (
      <EmptyState
        icon={<UtensilsCrossed aria-hidden />}
        title={t('board.noMenu')}
        actions={
          <LinkButton to="/menu" tone="primary">
            {t('board.noMenu.make')}
          </LinkButton>
        }
      >
        {t('board.noMenu.text')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<Inbox aria-hidden />}
      title={t('board.noOrders')}
      actions={
        <>
          <LinkButton to="/board/new" tone="primary" icon={<Plus aria-hidden />}>
            {t('board.noOrders.enter')}
          </LinkButton>
          <LinkButton to="/tables">{t('board.noOrders.tables')}</LinkButton>
        </>
      }
    >
      {isSilent ? t('board.noOrders.textSilent') : t('board.noOrders.text')}
    </EmptyState>
  )
}

/** Orders are open, but none that the filters let through. */
export function NothingFound({ clear }: { clear: () => void }) {
  const t = useTranslate()
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title={t('board.noMatch')}
      actions={
        <Button tone="primary" onPress={clear}>
          {t('board.noMatch.clear')}
        </Button>
      }
    >
      {t('board.noMatch.text')}
    </EmptyState>
  )
}
