import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { Type, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { BridgeCalls } from '#contract/bridge.ts'
import { appOrigin, isAppUrl } from './app-origin.ts'

type Channel = keyof BridgeCalls

export type BridgeHandlers = {
  [C in Channel]: (
    ...args: Parameters<BridgeCalls[C]>
  ) => ReturnType<BridgeCalls[C]> | Promise<ReturnType<BridgeCalls[C]>>
}

/** What each channel takes; anything else is refused before its handler. */
const argumentsOf: Record<Channel, TSchema> = {
  'get-versions': Type.Tuple([]),
  'open-external': Type.Tuple([Type.String({ maxLength: 2048 })]),
  notify: Type.Tuple([
    Type.Object(
      { title: Type.String({ minLength: 1, maxLength: 120 }), body: Type.String({ maxLength: 400 }) },
      { additionalProperties: false },
    ),
  ]),
  'set-keep-awake': Type.Tuple([Type.Boolean()]),
  'take-commands': Type.Tuple([]),
  'get-server-state': Type.Tuple([]),
}

/** The one gate that every message of a page passes. `window` is the only contents that may call. */
export function setupIpc(handlers: BridgeHandlers, window: () => WebContents | undefined): void {
  for (const channel of Object.keys(argumentsOf) as Channel[]) {
    const handle = handlers[channel] as (...args: unknown[]) => unknown
    ipcMain.handle(channel, (event, ...args: unknown[]) => {
      if (!isOurPage(event, window())) throw new Error('This page may not call the app.')
      if (!Value.Check(argumentsOf[channel], args)) throw new Error(`The call of ${channel} is malformed.`)
      return handle(...args)
    })
  }
}

/** The top frame of our own window, still showing our own page. `senderFrame` is null once the frame is gone. */
function isOurPage({ sender, senderFrame }: IpcMainInvokeEvent, window: WebContents | undefined): boolean {
  return (
    window !== undefined &&
    sender === window &&
    senderFrame !== null &&
    senderFrame.parent === null &&
    senderFrame.origin === appOrigin &&
    isAppUrl(senderFrame.url)
  )
}
