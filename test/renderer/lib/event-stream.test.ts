import { expect, it } from 'vitest'
import { readEventStream } from '#renderer/lib/event-stream.ts'

async function read(chunks: Uint8Array[]): Promise<string[]> {
  const events: string[] = []
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
  for await (const data of readEventStream(body)) events.push(data)
  return events
}

it('events are whole however the bytes are cut, and heartbeats are none', async () => {
  const bytes = new TextEncoder().encode(
    ': connected\n\ndata: {"a":"ä"}\n\n: here\n\ndata: one\ndata: two\r\n\r\ndata: cut',
  )
  for (let size = 1; size < 12; size += 1) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    )
    expect(await read(chunks)).toEqual(['{"a":"ä"}', 'one\ntwo'])
  }
})
