import { BrowserWindow } from 'electron'

/**
 * The system's print dialog for a page of our own making. The page is shown in a hidden window without scripts, in a
 * session of its own that is kept nowhere.
 */
export async function printDocument(html: string): Promise<void> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, javascript: false, partition: 'printing' },
  })
  try {
    await window.loadURL(
      `data:text/html;charset=utf-8;base64,${Buffer.from(html, 'utf8').toString('base64')}`,
    )
    await new Promise<void>((resolve, reject) => {
      window.webContents.print({ silent: false, printBackground: true }, (isDone, reason) => {
        if (isDone) resolve()
        else reject(new Error(sentenceOf(reason)))
      })
    })
  } finally {
    window.destroy()
  }
}

function sentenceOf(reason: string): string {
  if (/cancel/i.test(reason)) return 'The print dialog was closed. Print it again from the queue, or skip it.'
  return 'The system could not print it. Look at its printers, or download the ticket as PDF.'
}
