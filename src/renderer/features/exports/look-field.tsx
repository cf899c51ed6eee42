import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { SelectField } from '../../ui/select-field.tsx'
import type { BundleDraft } from './bundle-draft.ts'
import type { ChangeDraft } from './exports-screen.tsx'
import { presetsQuery } from './queries.ts'

interface LookProps {
  draft: BundleDraft
  of: 'links' | 'cards'
  change: ChangeDraft
}

/** Which client's look the codes wear; nothing where no look is kept. */
export function LookField({ draft, of, change }: LookProps) {
  const t = useTranslate()
  const { current } = useBusiness()
  const { data: presets = [] } = useQuery(presetsQuery(useApi(), current.id))
  // A look that is no longer there stays to be seen and changed until another one is chosen.
  const isGone = draft.look !== 'own' && presets.every(({ id }) => id !== draft.look)
  if (presets.length === 0 && !isGone) return null
  return (
    <SelectField
      label={t('exports.look')}
      value={draft.look}
      onChange={(look) => change({ look })}
      choices={[
        { id: 'own', name: t(of === 'cards' ? 'exports.look.plain' : 'exports.look.campaign') },
        ...presets.map(({ id, name }) => ({ id, name })),
        ...(isGone ? [{ id: draft.look, name: t('exports.look.gone') }] : []),
      ]}
    />
  )
}
