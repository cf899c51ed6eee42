/**
 * What the API adds to a read of one link, and how long others wait while 50 clients list and search a million.
 * `node bench/api-overhead.ts [--links N] [--seconds N]`
 */
import { Agent, request } from 'node:http'
import { parseArgs } from 'node:util'
import { median, quantile, report } from './measure.ts'
import { seedLinks } from './seed-links.ts'
import { startServer, type BenchServer } from './start-server.ts'

const { values } = parseArgs({
  options: { links: { type: 'string', default: '1000000' }, seconds: { type: 'string', default: '8' } },
})
const clients = 50
const lists = [
  '/api/qr-links',
  '/api/qr-links?page=20000',
  '/api/qr-links?sort=-scan_count',
  '/api/qr-links?campaign=spring+2020&page=40',
  '/api/qr-links?tag=outdoor',
  '/api/qr-links?status=paused',
  '/api/qr-links?search=berlin-menu',
  '/api/qr-links?search=no.+7777',
]

/** Milliseconds until the whole answer was there. */
function get(server: BenchServer, agent: Agent, path: string): Promise<{ ms: number; body: string }> {
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${server.bearer}` }
    request(server.url + path, { agent, headers }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve({ ms: performance.now() - start, body })
        else reject(new Error(`${answer.statusCode} ${body}`))
      })
    })
      .on('error', reject)
      .end()
  })
}

async function main(): Promise<void> {
  const server = await startServer(await seedLinks(Number(values.links)))
  const agent = new Agent({ keepAlive: true })
  const first = JSON.parse((await get(server, agent, '/api/qr-links?per_page=1')).body) as {
    qr_links: { data: { id: string }[] }
  }
  const one = `/api/qr-links/${first.qr_links.data[0]!.id}`
  const alone: number[] = []
  for (let turn = 0; turn < 1000; turn++) alone.push((await get(server, agent, one)).ms)

  await server.reset()
  const end = performance.now() + Number(values.seconds) * 1000
  const listed: number[] = []
  const others: number[] = []
  let running = clients
  async function listOn(client: number): Promise<void> {
    for (let turn = client; performance.now() < end; turn++) {
      listed.push((await get(server, agent, lists[turn % lists.length]!)).ms)
    }
    running--
  }
  async function askBetween(): Promise<void> {
    while (running > 0 && performance.now() < end) {
      others.push((await get(server, agent, one)).ms)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  await Promise.all([askBetween(), ...Array.from({ length: clients }, (_, client) => listOn(client))])
  const delay = await server.delay()
  agent.destroy()
  await server.stop()
  const bench = 'api-overhead'
  const waited = quantile(others, 0.99)
  report([
    { bench, what: 'one link, nobody else there: median', ours: median(alone.slice(200)), unit: 'ms' },
    { bench, what: `one link while ${clients} list and search: median`, ours: median(others), unit: 'ms' },
    { bench, what: '  p99', ours: waited, unit: 'ms', target: '<= 50 ms', met: waited <= 50 },
    {
      bench,
      what: "  the server's event loop held up: p99",
      ours: delay.p99,
      unit: 'ms',
      target: '<= 50 ms',
      met: delay.p99 <= 50,
    },
    { bench, what: '  the longest', ours: delay.max, unit: 'ms' },
    { bench, what: `their lists: ${listed.length} answers, median`, ours: median(listed), unit: 'ms' },
    { bench, what: '  p99', ours: quantile(listed, 0.99), unit: 'ms' },
  ])
}

await main()
