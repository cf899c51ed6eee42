/** Which cards are shown; all of the business where nothing is said. */
export interface WalletSearch {
  /** Cards that an import made. */
  import_id?: string
}

/** Reads an address; what makes no sense in it is left out, never an error. */
export function readWalletSearch(raw: Record<string, unknown>): WalletSearch {
  const id = raw['import_id']
  return typeof id === 'string' && id !== '' ? { import_id: id } : {}
}
