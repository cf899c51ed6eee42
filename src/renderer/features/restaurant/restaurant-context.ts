import { createContext, useContext } from 'react'
import type { OrderIntent } from '#contract/order-intents.ts'
import type { Station } from '#contract/stations.ts'
import type { BoardPreferences, ChangePreferences } from './board-preferences.ts'
import type { AgeLimits } from './order-age.ts'
import type { OrderDraft } from './order-draft.ts'
import type { UndoOffers } from './undo-offers.ts'
import type { NewOrderSound } from './use-new-order-sound.ts'
import type { Steps } from './use-steps.ts'

/** What the board, order entry and the day's orders share. */
export interface Restaurant {
  /** Undefined until they were loaded once. */
  orders: readonly OrderIntent[] | undefined
  error: unknown
  retry: () => void
  unseen: readonly OrderIntent[]
  stations: readonly Station[]
  limits: AgeLimits
  steps: Steps
  undo: UndoOffers
  preferences: BoardPreferences
  changePreferences: ChangePreferences
  sound: NewOrderSound
  /** An order that is being entered: a look at the board does not lose it. */
  draft: OrderDraft
  setDraft: (change: (draft: OrderDraft) => OrderDraft) => void
}

export const RestaurantContext = createContext<Restaurant | undefined>(undefined)

export function useRestaurant(): Restaurant {
  const restaurant = useContext(RestaurantContext)
  if (!restaurant) throw new Error('useRestaurant outside of RestaurantFrame')
  return restaurant
}
