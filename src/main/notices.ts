import { Notification } from 'electron'

/** Shows a notice of the system; a click on it brings the app to the front. */
export function showNotice(title: string, body: string, onClick: () => void): void {
  if (!Notification.isSupported()) return
  const notice = new Notification({ title, body })
  notice.on('click', onClick)
  notice.show()
}
