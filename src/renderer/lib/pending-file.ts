import { createContext, useContext } from 'react'

/** A spreadsheet that was opened with the app and waits for the import screen. */
export interface PendingFile {
  file: File | undefined
  put: (file: File | undefined) => void
}

export const PendingFileContext = createContext<PendingFile>({ file: undefined, put: () => undefined })

export function usePendingFile(): PendingFile {
  return useContext(PendingFileContext)
}
