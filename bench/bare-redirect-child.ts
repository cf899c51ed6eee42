/** The peer of the redirect: a bare Fastify route that answers 302 with the same headers. Message out: its port. */
import Fastify from 'fastify'

const app = Fastify()
app.get('/r/:slug', (_request, reply) => {
  void reply
    .headers({
      'X-Request-Id': '00000000-0000-4000-8000-000000000000',
      'X-Content-Type-Options': 'nosniff',
      'X-RateLimit-Limit': 1_000_000,
      'X-RateLimit-Remaining': 999_999,
      'Cache-Control': 'no-store',
      Location: 'https://www.berlin-menu.example.com/spring/1?utm_source=qr&utm_medium=print',
    })
    .code(302)
    .send('')
})
await app.listen({ host: '127.0.0.1', port: 0 })
process.on('disconnect', () => process.exit(1))
process.on('message', () => process.exit(0))
process.send!((app.server.address() as { port: number }).port)
