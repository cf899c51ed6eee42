import { dialog, type BrowserWindow, type MessageBoxOptions } from 'electron'
import type { ExternalUrl } from './external-links.ts'

/** Native dialogs, over the window where there is one. */
export function createDialogs(window: () => BrowserWindow | undefined) {
  async function ask(options: MessageBoxOptions): Promise<number> {
    const parent = window()
    const { response } = await (parent
      ? dialog.showMessageBox(parent, options)
      : dialog.showMessageBox(options))
    return response
  }

  return {
    /** The host is what a person can judge; the rest of an address is easily made to look like anything. */
    async confirmExternal({ host, href }: ExternalUrl): Promise<boolean> {
      const answer = await ask({
        type: 'question',
        message: `Open ${host} in your browser?`,
        detail: href.length > 300 ? `${href.slice(0, 300)}…` : href,
        buttons: ['Open', 'Cancel'],
        defaultId: 0,
        cancelId: 1,
      })
      return answer === 0
    },

    /** Asked once, when the first secret is kept on a system without a keychain. */
    async askUnprotected(): Promise<'session' | 'file'> {
      const answer = await ask({
        type: 'warning',
        message: 'This system has no keychain that QRScan can use',
        detail:
          'Passwords and keys can be kept until you quit, or in a file that only your account can read. ' +
          'The file is not protected: programs you run, and whoever copies your disk, can read it.',
        buttons: ['Keep until I quit', 'Keep in an unprotected file'],
        defaultId: 0,
        cancelId: 0,
      })
      return answer === 1 ? 'file' : 'session'
    },

    /** Paths of spreadsheets the person chose; empty when they changed their mind. */
    async pickSpreadsheet(): Promise<string[]> {
      const options = {
        properties: ['openFile' as const],
        filters: [
          { name: 'Spreadsheets', extensions: ['csv', 'tsv', 'txt', 'xlsx'] },
          { name: 'All files', extensions: ['*'] },
        ],
      }
      const parent = window()
      const { canceled, filePaths } = await (parent
        ? dialog.showOpenDialog(parent, options)
        : dialog.showOpenDialog(options))
      return canceled ? [] : filePaths
    },
  }
}

export type Dialogs = ReturnType<typeof createDialogs>
