import { createContext, useContext, type ReactNode } from 'react'
import type { Client } from '#contract/client.ts'

/** The typed client, with what an upload over XMLHttpRequest needs beside it. */
export interface Api extends Client {
  baseUrl: string
  /** Undefined in the desktop window, where the page never holds a token. */
  token: () => string | undefined
}

const ApiContext = createContext<Api | undefined>(undefined)

export function ApiProvider({ api, children }: { api: Api; children: ReactNode }) {
  return <ApiContext value={api}>{children}</ApiContext>
}

export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new Error('useApi outside of ApiProvider')
  return api
}
