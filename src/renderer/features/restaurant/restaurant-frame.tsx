import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { restaurantSettingsQuery } from '../../lib/restaurant-settings.ts'
import { stationsQuery } from '../../lib/stations.ts'
import { isUnseen } from './board-columns.ts'
import { useBoardPreferences, type Tune } from './board-preferences.ts'
import { usualLimits } from './order-age.ts'
import { emptyDraft } from './order-draft.ts'
import { RestaurantContext } from './restaurant-context.ts'
import { Ticker, TickerContext } from './ticker.ts'
import { UndoBar } from './undo-bar.tsx'
import { useCallSound } from './use-call-sound.ts'
import { useUndoOffers } from './undo-offers.ts'
import { useNewOrderSound } from './use-new-order-sound.ts'
import { useOpenOrders } from './use-open-orders.ts'
import { useSteps } from './use-steps.ts'

/** Around every screen of the counter: orders come in, and are heard, on all of them. */
export function RestaurantFrame() {
  const { current } = useBusiness()
  // Another business is another restaurant: nothing half-entered or undoable comes along.
  return <Inside key={current.id} businessId={current.id} />
}

function Inside({ businessId }: { businessId: string }) {
  const api = useApi()
  const [ticker] = useState(() => new Ticker())
  const { orders, keeper, error, retry } = useOpenOrders(businessId)
  const { data: stations = noStations } = useQuery(stationsQuery(api, businessId))
  const { data: limits = usualLimits } = useQuery(restaurantSettingsQuery(api, businessId))
  const undo = useUndoOffers()
  const steps = useSteps(keeper, undo.offer)
  const [preferences, changePreferences] = useBoardPreferences()
  const unseen = useMemo(() => (orders ?? []).filter(isUnseen), [orders])
  const sound = useNewOrderSound(unseen.length, preferences)
  useCallSound(businessId, () => sound.tryOut({ ...preferences, tune: callTune(preferences.tune) }))
  useTitle(unseen.length)
  const [draft, setDraft] = useState(emptyDraft)
  const restaurant = {
    orders,
    error,
    retry,
    unseen,
    stations,
    limits,
    steps,
    undo,
    preferences,
    changePreferences,
    sound,
    draft,
    setDraft,
  }
  return (
    <TickerContext value={ticker}>
      <RestaurantContext value={restaurant}>
        <Outlet />
        <UndoBar />
      </RestaurantContext>
    </TickerContext>
  )
}

/** A call sounds unlike an order, and not at all where the sound is off. */
function callTune(tune: Tune): Tune {
  if (tune === 'off') return 'off'
  return tune === 'chime' ? 'bell' : 'chime'
}

/** A window behind another one still shows in its name that something is new. */
function useTitle(count: number): void {
  useEffect(() => {
    const { title } = document
    if (count > 0) document.title = `(${count}) ${title}`
    return () => {
      document.title = title
    }
  }, [count])
}

const noStations: never[] = []
