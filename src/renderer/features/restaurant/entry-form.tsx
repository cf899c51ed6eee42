import { useNavigate } from '@tanstack/react-router'
import { ArrowDown, ChefHat, Inbox } from 'lucide-react'
import { useRef, useState } from 'react'
import { ApiError } from '#contract/errors.ts'
import type { MenuItem } from '#contract/menu-items.ts'
import type { OrderIntent } from '#contract/order-intents.ts'
import { useMoney } from '../../lib/money.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { DraftFields } from './draft-fields.tsx'
import { DraftLines } from './draft-lines.tsx'
import { ItemPicker } from './item-picker.tsx'
import { ModifierDialog } from './modifier-dialog.tsx'
import { emptyDraft, openGroups, putLine, totalOf, type DraftLine, type OrderDraft } from './order-draft.ts'
import { useRestaurant } from './restaurant-context.ts'
import { useSendOrder } from './use-send-order.ts'
import styles from './entry.module.css'

export type SetDraft = (change: (draft: OrderDraft) => OrderDraft) => void

interface EntryFormProps {
  menu: readonly MenuItem[]
  draft: OrderDraft
  setDraft: SetDraft
  /** The order that is changed, and how to begin again with it as it is now; left out, a new one. */
  change?: EntryChange
}

interface EntryChange {
  order: OrderIntent
  reload: () => void
}

/** The menu in big buttons beside what was taken so far. */
export function EntryForm({ menu, draft, setDraft, change }: EntryFormProps) {
  const t = useTranslate()
  const [choosing, setChoosing] = useState<DraftLine>()
  const slip = useRef<HTMLElement>(null)
  const currency = menu[0]?.currency ?? 'EUR'
  const pick = (item: MenuItem): void => {
    const line: DraftLine = { key: crypto.randomUUID(), item, quantity: 1, chosen: {}, note: '' }
    if (item.modifier_groups.length > 0) setChoosing(line)
    else setDraft((before) => putLine(before, line))
  }
  return (
    <div className={styles.entry}>
      <ItemPicker menu={menu} pick={pick} />
      <SlipJump draft={draft} currency={currency} jump={() => slip.current?.scrollIntoView()} />
      <section ref={slip} className={styles.slip} aria-label={t('entry.slip')}>
        <div className={styles.slipBody}>
          <DraftLines draft={draft} setDraft={setDraft} edit={setChoosing} />
          <DraftFields draft={draft} setDraft={setDraft} />
        </div>
        <EntryFoot draft={draft} setDraft={setDraft} currency={currency} change={change} />
      </section>
      <ModifierDialog
        line={choosing}
        onClose={() => setChoosing(undefined)}
        take={(line) => setDraft((before) => putLine(before, line))}
      />
    </div>
  )
}

/** On a telephone the order stands below the whole menu: this says what it comes to, and leads there. */
function SlipJump(props: { draft: OrderDraft; currency: string; jump: () => void }) {
  const t = useTranslate()
  const { draft, currency, jump } = props
  const money = useMoney(currency)
  const count = draft.lines.reduce((sum, { quantity }) => sum + quantity, 0)
  if (count === 0) return null
  return (
    <div className={styles.jump}>
      <Button tone="primary" icon={<ArrowDown aria-hidden />} onPress={jump}>
        {t('entry.jump', { count, total: money.show(totalOf(draft.lines)) })}
      </Button>
    </div>
  )
}

interface EntryFootProps {
  draft: OrderDraft
  setDraft: SetDraft
  currency: string
  change: EntryChange | undefined
}

function EntryFoot({ draft, setDraft, currency, change }: EntryFootProps) {
  const t = useTranslate()
  const { undo } = useRestaurant()
  const navigate = useNavigate()
  const money = useMoney(currency)
  const order = change?.order
  const send = useSendOrder(order)
  const isReady = draft.lines.length > 0 && draft.lines.every((line) => openGroups(line).length === 0)
  const submit = (accept: boolean): void =>
    send.mutate(
      { draft, accept },
      {
        onSuccess: ({ number, status }) => {
          if (!order) setDraft(() => emptyDraft)
          const done = order ? 'entry.changed' : status === 'received' ? 'entry.kept' : 'entry.sent'
          undo.offer(t(done, { number }))
          void navigate({ to: '/board' })
        },
      },
    )
  return (
    <footer className={styles.foot} data-page-foot>
      <SendFailure error={send.error} reload={change?.reload} />
      <p className={styles.total}>
        <span>{t('order.total')}</span>
        <strong>{money.show(totalOf(draft.lines))}</strong>
      </p>
      <div className={styles.sends}>
        {order === undefined && (
          <Button
            icon={<Inbox aria-hidden />}
            isDisabled={!isReady || send.isPending}
            onPress={() => submit(false)}
          >
            {t('entry.keep')}
          </Button>
        )}
        <Button
          tone="primary"
          className={styles.send}
          icon={<ChefHat aria-hidden />}
          isDisabled={!isReady || send.isPending}
          onPress={() => submit(true)}
        >
          {order ? t('entry.save') : t('entry.send')}
        </Button>
      </div>
    </footer>
  )
}

/** What the server refused; where somebody else changed the order, the way on is to begin again with theirs. */
function SendFailure({ error, reload }: { error: unknown; reload: (() => void) | undefined }) {
  const t = useTranslate()
  if (error === null) return null
  const isOld = error instanceof ApiError && error.status === 412
  return (
    <>
      <FailureNotice error={error} />
      {isOld && reload && <Button onPress={reload}>{t('entry.reload')}</Button>}
    </>
  )
}
