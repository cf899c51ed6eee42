import { createContext, useContext } from 'react'
import type { Business } from '#contract/businesses.ts'

export interface BusinessChoice {
  current: Business
  all: Business[]
  choose: (id: string) => void
}

export const BusinessContext = createContext<BusinessChoice | undefined>(undefined)

/** The business the page works for at the moment, and the others to choose from. */
export function useBusiness(): BusinessChoice {
  const choice = useContext(BusinessContext)
  if (!choice) throw new Error('useBusiness outside of BusinessContext')
  return choice
}
