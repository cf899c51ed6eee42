import { useQuery } from '@tanstack/react-query'
import type { ServiceType } from '#contract/order-intents.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { SelectField } from '../../ui/select-field.tsx'
import { ChoiceBar } from './choice-bar.tsx'
import type { SetDraft } from './entry-form.tsx'
import { serviceLooks } from './order-card.tsx'
import type { OrderDraft } from './order-draft.ts'
import { tablesQuery } from './queries.ts'

const none = '*none'
const services = Object.entries(serviceLooks) as [ServiceType, (typeof serviceLooks)[ServiceType]][]

/** Who it is for: a table or a name. */
export function DraftFields({ draft, setDraft }: { draft: OrderDraft; setDraft: SetDraft }) {
  const t = useTranslate()
  const change = (part: Partial<OrderDraft>): void => setDraft((before) => ({ ...before, ...part }))
  return (
    <>
      <ChoiceBar
        label={t('order.fact.service')}
        choices={services.map(([id, { name, icon: Icon }]) => ({
          id,
          name: t(name),
          icon: <Icon aria-hidden />,
        }))}
        chosen={[draft.serviceType]}
        onPress={(serviceType) => change({ serviceType })}
      />
      {draft.serviceType === 'dine_in' && (
        <div className={formStyles.pair}>
          <TableField value={draft.tableId} onChange={(tableId) => change({ tableId })} />
          <TextField
            label={t('order.fact.guests')}
            value={draft.guests}
            inputMode="numeric"
            onChange={(guests) => change({ guests: guests.replaceAll(/\D/g, '').slice(0, 3) })}
          />
        </div>
      )}
      <div className={formStyles.pair}>
        <TextField
          label={t('order.fact.name')}
          value={draft.name}
          maxLength={120}
          onChange={(name) => change({ name })}
        />
        <TextField
          label={t('order.fact.phone')}
          value={draft.phone}
          maxLength={40}
          inputMode="tel"
          onChange={(phone) => change({ phone })}
        />
      </div>
      <TextField
        label={t('entry.notes')}
        rows={2}
        value={draft.notes}
        maxLength={10_000}
        onChange={(notes) => change({ notes })}
      />
    </>
  )
}

function TableField({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const { data: tables = [] } = useQuery(tablesQuery(api, current.id))
  const choices = tables
    .filter(({ is_active, id }) => is_active || id === value)
    .map(({ id, name, area }) => ({ id, name, ...(area !== null && { note: area }) }))
  return (
    <SelectField
      label={t('order.fact.table')}
      value={value ?? none}
      choices={[{ id: none, name: t('entry.noTable') }, ...choices]}
      onChange={(id) => onChange(id === none ? null : id)}
    />
  )
}
