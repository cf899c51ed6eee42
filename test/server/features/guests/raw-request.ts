import { connect } from 'node:net'

/** Bytes to a port and all that comes back, with nothing in between that would mend them. */
export function rawRequest(port: number, text: string, host = '127.0.0.1'): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host }, () => socket.write(text))
    let answer = ''
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => (answer += part))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
    socket.setTimeout(8_000, () => socket.destroy(new Error('no answer in time')))
  })
}

/** A whole GET with that Host, and the connection closed after it. */
export function rawGet(port: number, path: string, host: string, more = ''): Promise<string> {
  return rawRequest(port, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${more}Connection: close\r\n\r\n`)
}
