import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge, BridgeCalls, BridgeEvents } from '#contract/bridge.ts'

function call<C extends keyof BridgeCalls>(
  channel: C,
  ...args: Parameters<BridgeCalls[C]>
): Promise<ReturnType<BridgeCalls[C]>> {
  return ipcRenderer.invoke(channel, ...args) as Promise<ReturnType<BridgeCalls[C]>>
}

/** Hands on the payload alone: the event holds a way back to `ipcRenderer`. */
function listen<E extends keyof BridgeEvents>(
  channel: E,
  listener: (payload: BridgeEvents[E]) => void,
): () => void {
  const receive = (_event: unknown, payload: BridgeEvents[E]): void => listener(payload)
  ipcRenderer.on(channel, receive)
  return () => void ipcRenderer.removeListener(channel, receive)
}

const bridge: Bridge = {
  getVersions: () => call('get-versions'),
  openExternal: (url) => call('open-external', url),
  notify: (notice) => call('notify', notice),
  setKeepAwake: (on) => call('set-keep-awake', on),
  onCommand(listener) {
    const stop = listen('command', listener)
    void call('take-commands').then((waiting) => waiting.forEach((command) => listener(command)))
    return stop
  },
  onServerState(listener) {
    const stop = listen('server-state', listener)
    void call('get-server-state').then(listener)
    return stop
  },
}

contextBridge.exposeInMainWorld('qrscan', bridge)
