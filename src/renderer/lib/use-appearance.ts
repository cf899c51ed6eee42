import { createContext, useContext } from 'react'
import type { Appearance } from './appearance.ts'

export interface AppearanceChoice {
  appearance: Appearance
  change: (part: Partial<Appearance>) => void
}

export const AppearanceContext = createContext<AppearanceChoice | undefined>(undefined)

export function useAppearance(): AppearanceChoice {
  const choice = useContext(AppearanceContext)
  if (!choice) throw new Error('useAppearance outside of AppearanceContext')
  return choice
}
