import { describe, expect, it } from 'vitest'
import { ServerSupervisor, type ServerMessage, type StartMessage } from '#main/server-process.ts'

/** One server process that the test plays itself. */
class PlayedServer {
  readonly sent: (StartMessage | { type: 'stop' })[] = []
  killed = false
  tell: (message: ServerMessage) => void = () => {}
  exit: (code: number) => void = () => {}

  send(message: StartMessage | { type: 'stop' }): void {
    this.sent.push(message)
  }
  onMessage(listener: (message: ServerMessage) => void): void {
    this.tell = listener
  }
  onExit(listener: (code: number) => void): void {
    this.exit = listener
  }
  kill(): void {
    this.killed = true
    this.exit(9)
  }
  ready(port = 4711): void {
    this.tell({ type: 'ready', port, url: `http://127.0.0.1:${port}` })
  }
}

function play() {
  let now = 0
  let timers: { at: number; callback: () => void }[] = []
  const servers: PlayedServer[] = []
  const states: string[] = []
  const supervisor = new ServerSupervisor({
    config: { dataDir: '/data', pageOrigin: 'app://bundle', version: '1' },
    fork() {
      const server = new PlayedServer()
      servers.push(server)
      return server
    },
    onState: ({ state }) => states.push(state),
    now: () => now,
    after(milliseconds, callback) {
      const timer = { at: now + milliseconds, callback }
      timers.push(timer)
      return () => (timers = timers.filter((one) => one !== timer))
    },
  })
  function pass(milliseconds: number): void {
    now += milliseconds
    const due = timers.filter(({ at }) => at <= now)
    timers = timers.filter(({ at }) => at > now)
    for (const { callback } of due) callback()
  }
  return { supervisor, servers, states, pass, last: () => servers.at(-1) as PlayedServer }
}

describe('the watched server', () => {
  it('gets a new secret with each launch, by message', () => {
    const { supervisor, servers, last, pass } = play()
    supervisor.start()
    last().ready()
    const first = supervisor.target
    last().exit(1)
    pass(250)
    last().ready(4712)
    expect(servers).toHaveLength(2)
    expect(first?.secret).toMatch(/^qrw_[\w-]{43}$/)
    expect(supervisor.target).toMatchObject({ port: 4712 })
    expect(supervisor.target?.secret).not.toBe(first?.secret)
    expect(last().sent).toEqual([
      {
        type: 'start',
        config: {
          dataDir: '/data',
          pageOrigin: 'app://bundle',
          version: '1',
          windowSecret: supervisor.target?.secret,
        },
      },
    ])
  })

  it('has no address while it is down', () => {
    const { supervisor, last } = play()
    supervisor.start()
    expect(supervisor.target).toBeUndefined()
    last().ready()
    last().exit(1)
    expect(supervisor.target).toBeUndefined()
  })

  it('waits longer after the second crash than after the first', () => {
    const { supervisor, servers, last, pass } = play()
    supervisor.start()
    last().exit(1)
    pass(249)
    expect(servers).toHaveLength(1)
    pass(1)
    expect(servers).toHaveLength(2)
    last().exit(1)
    pass(499)
    expect(servers).toHaveLength(2)
    pass(1)
    expect(servers).toHaveLength(3)
  })

  it('is given up after three crashes within five minutes, until the person asks', () => {
    const { supervisor, servers, states, last, pass } = play()
    supervisor.start()
    for (let crash = 1; crash <= 3; crash += 1) {
      last().ready()
      last().exit(139)
      pass(60_000)
    }
    expect(servers).toHaveLength(3)
    expect(supervisor.state).toEqual({
      state: 'failed',
      message: 'The server ended by itself 3 times within five minutes (last code 139).',
    })
    supervisor.retry()
    last().ready()
    expect(supervisor.state).toEqual({ state: 'ready' })
    expect(states.slice(-3)).toEqual(['failed', 'starting', 'ready'])
  })

  it('goes on when the crashes lie further apart', () => {
    const { supervisor, servers, last, pass } = play()
    supervisor.start()
    for (let crash = 1; crash <= 10; crash += 1) {
      last().ready()
      last().exit(1)
      pass(151_000)
    }
    expect(servers).toHaveLength(11)
  })

  it('is not started again when it says why it cannot run', () => {
    const { supervisor, servers, last, pass } = play()
    supervisor.start()
    last().tell({ type: 'failed', message: 'Port 4711 is taken by another program.' })
    pass(60_000)
    expect(servers).toHaveLength(1)
    expect(last().killed).toBe(true)
    expect(supervisor.state).toEqual({ state: 'failed', message: 'Port 4711 is taken by another program.' })
  })

  it('is asked to end, and killed after five seconds', async () => {
    const { supervisor, servers, last, pass } = play()
    supervisor.start()
    last().ready()
    const stopping = supervisor.stop()
    expect(last().sent.at(-1)).toEqual({ type: 'stop' })
    pass(4_999)
    expect(last().killed).toBe(false)
    pass(1)
    await stopping
    expect(last().killed).toBe(true)
    expect(supervisor.state).toEqual({ state: 'stopped' })
    pass(60_000)
    expect(servers).toHaveLength(1)
  })

  it('is not started by a timer of a crash once the app ends', async () => {
    const { supervisor, servers, last, pass } = play()
    supervisor.start()
    last().exit(1)
    await supervisor.stop()
    pass(60_000)
    expect(servers).toHaveLength(1)
  })
})
