import { existsSync, readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import type { Bridge } from '#contract/bridge.ts'

const script = new URL('../../out/preload/index.cjs', import.meta.url)
const isBuilt = existsSync(script)

/** Runs the built preload script as a sandboxed one is run: nothing but `require('electron')`. */
function load() {
  const invoked: unknown[][] = []
  const listeners = new Map<string, (...args: unknown[]) => void>()
  const exposed: Record<string, unknown> = {}
  const answers: Record<string, unknown> = {
    'take-commands': [{ type: 'create-qr-link' }],
    'get-server-state': { state: 'ready' },
  }
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, value: unknown) => (exposed[name] = value) },
    ipcRenderer: {
      async invoke(...args: unknown[]) {
        invoked.push(args)
        return answers[String(args[0])]
      },
      on: (channel: string, listener: (...args: unknown[]) => void) => listeners.set(channel, listener),
      removeListener: (channel: string) => listeners.delete(channel),
    },
  }
  function require(name: string): unknown {
    if (name !== 'electron') throw new Error(`A sandboxed preload has no ${name}.`)
    return electron
  }
  runInNewContext(readFileSync(script, 'utf8'), { require, exports: {}, module: {}, Promise })
  return { invoked, listeners, exposed, bridge: exposed['qrscan'] as Bridge }
}

describe.skipIf(!isBuilt)('the bridge in the page (needs `npm run build`)', () => {
  it('has few methods, each with a name, and no way to any other channel', () => {
    const { exposed, bridge } = load()
    expect(Object.keys(exposed)).toEqual(['qrscan'])
    expect(Object.keys(bridge).toSorted()).toEqual([
      'getVersions',
      'notify',
      'onCommand',
      'onServerState',
      'openExternal',
      'setKeepAwake',
    ])
  })

  it('hands the page what was sent, never the event that leads back to ipcRenderer', async () => {
    const { bridge, listeners } = load()
    const heard: unknown[][] = []
    const stop = bridge.onCommand((...args) => void heard.push(args))
    await expect.poll(() => heard).toEqual([[{ type: 'create-qr-link' }]])
    listeners.get('command')?.({ sender: 'ipcRenderer' }, { type: 'show-shortcuts' })
    expect(heard[1]).toEqual([{ type: 'show-shortcuts' }])
    stop()
    expect(listeners.has('command')).toBe(false)
  })

  it('tells the state of the server at once and at each change', async () => {
    const { bridge, listeners } = load()
    const states: string[] = []
    bridge.onServerState(({ state }) => void states.push(state))
    await expect.poll(() => states).toEqual(['ready'])
    listeners.get('server-state')?.({}, { state: 'restarting' })
    expect(states).toEqual(['ready', 'restarting'])
  })
})
