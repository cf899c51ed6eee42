/**
 * Load from a second process: connections that are kept alive and hold one request each at a time.
 * Message in: `{port, paths, connections, milliseconds}`; out: `{answers, statuses, p50, p99}`.
 */
import { connect } from 'node:net'
import { quantile } from './measure.ts'

export interface Load {
  port: number
  paths: string[]
  connections: number
  milliseconds: number
}

export interface LoadOutcome {
  answers: number
  perSecond: number
  statuses: Record<string, number>
  p50: number
  p99: number
}

const headers =
  'User-Agent: Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)\r\nAccept-Language: de-DE,de;q=0.9\r\nAccept: text/html\r\n\r\n'

async function load({ port, paths, connections, milliseconds }: Load): Promise<LoadOutcome> {
  const statuses: Record<string, number> = {}
  const times: number[] = []
  let next = 0
  const start = performance.now()
  function talk(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1')
      let sent = 0
      function ask(): void {
        sent = performance.now()
        if (sent - start >= milliseconds) {
          socket.destroy()
          resolve()
          return
        }
        socket.write(`GET ${paths[next++ % paths.length]} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${headers}`)
      }
      socket.setNoDelay(true).on('connect', ask).on('error', reject)
      socket.on('data', (bytes: Buffer) => {
        const answer = bytes.toString('latin1')
        // All answers of the redirect are short and come in one piece; whatever else comes is an error.
        if (!/content-length: 0\r\n[^]*\r\n\r\n$/i.test(answer))
          reject(new Error(`Unexpected answer: ${answer}`))
        const status = answer.slice(9, 12)
        statuses[status] = (statuses[status] ?? 0) + 1
        times.push(performance.now() - sent)
        ask()
      })
    })
  }
  await Promise.all(Array.from({ length: connections }, talk))
  const seconds = (performance.now() - start) / 1000
  const answers = times.length
  return {
    answers,
    perSecond: answers / seconds,
    statuses,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  }
}

process.on('disconnect', () => process.exit(1))
process.on('message', (message: Load) => {
  void load(message).then(
    (outcome) => process.send!(outcome),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      process.exit(1)
    },
  )
})
