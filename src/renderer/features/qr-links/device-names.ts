import { useTranslate, type MessageId } from '../../lib/translate.ts'

const names: Record<string, MessageId> = {
  ios: 'scans.device.ios',
  android: 'scans.device.android',
  desktop: 'scans.device.desktop',
  bot: 'scans.device.bot',
  other: 'scans.device.other',
}

/** What a kind of device is called; one that is not known keeps its own name. */
export function useDeviceNames(): (device: string) => string {
  const t = useTranslate()
  return (device) => {
    const name = names[device]
    return name === undefined ? device : t(name)
  }
}
