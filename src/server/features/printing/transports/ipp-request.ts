import { request as requestPlain, type IncomingMessage } from 'node:http'
import { request as requestSecure } from 'node:https'
import type { IppPlace } from './ipp-address.ts'
import { decodeIppResponse, encodeIppRequest, IppUnreadable, type IppAttribute } from './ipp-encoding.ts'
import type { IppResponse, IppValue } from './ipp-encoding.ts'
import { NothingSent, PrinterProblem } from './transport.ts'

const largestAnswer = 4 * 1024 * 1024
const answerWithin = 10_000

/** Operations (RFC 8011, section 5.4.15) that are used here. */
export const operations = {
  printJob: 0x02,
  getJobAttributes: 0x09,
  getJobs: 0x0a,
  getPrinterAttributes: 0x0b,
  cupsGetPrinters: 0x4002,
}

export interface IppCall {
  operation: number
  /** After charset, language and the printer's address, which every request has. */
  attributes?: readonly IppAttribute[]
  document?: Buffer
  signal?: AbortSignal | undefined
  /** Milliseconds of silence after which we give up. */
  wait?: number
}

/**
 * One request and its answer, whatever its status. Rejects with `NothingSent` when no printer was reached, with
 * `PrinterProblem` when it broke off later. A redirect is not followed: the owner gave this address and no other.
 */
export async function askIpp(place: IppPlace, call: IppCall): Promise<IppResponse> {
  const { operation, attributes = [], document } = call
  const body = encodeIppRequest({
    operation,
    requestId: 1,
    attributes: [
      { tag: 'charset', name: 'attributes-charset', values: ['utf-8'] },
      { tag: 'language', name: 'attributes-natural-language', values: ['en'] },
      { tag: 'uri', name: 'printer-uri', values: [place.printerUri] },
      { tag: 'name', name: 'requesting-user-name', values: ['qrscan'] },
      ...attributes,
    ],
    ...(document && { document }),
  })
  const answer = await post(place, body, call)
  try {
    return decodeIppResponse(answer)
  } catch (error) {
    if (!(error instanceof IppUnreadable)) throw error
    throw new PrinterProblem(
      `${place.url.host} does not speak IPP. Look at the printer’s address again.`,
      'error',
    )
  }
}

function post({ url }: IppPlace, body: Buffer, { signal, wait = answerWithin }: IppCall): Promise<Buffer> {
  const send = url.protocol === 'https:' ? requestSecure : requestPlain
  return new Promise((resolve, reject) => {
    let isConnected = false
    const request = send(url, {
      method: 'POST',
      agent: false,
      headers: {
        'Content-Type': 'application/ipp',
        'Content-Length': body.length,
        Accept: 'application/ipp',
      },
      // Printers sign their certificates themselves; the connection is encrypted, the printer is not proved.
      rejectUnauthorized: false,
      ...(signal && { signal }),
    })
    const fail = (sentence: string): void =>
      reject(isConnected ? new PrinterProblem(sentence) : new NothingSent(sentence))
    request.setTimeout(wait, () => {
      fail(`${url.host} does not answer. Is the printer on, and its network cable in?`)
      request.destroy()
    })
    request.once('socket', (socket) =>
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => (isConnected = true)),
    )
    request.once('error', (error: NodeJS.ErrnoException) => fail(sentenceOf(error, url)))
    request.once('response', (response) => void collect(response, url).then(resolve, reject))
    request.end(body)
  })
}

function sentenceOf({ code, name }: NodeJS.ErrnoException, { host, hostname, port }: URL): string {
  if (name === 'AbortError') return 'Stopped.'
  if (code === 'ECONNREFUSED') return `${hostname} takes no print jobs at port ${port || '80'} now.`
  if (code === 'ENOTFOUND') return `There is no “${hostname}” on this network.`
  if (code === 'EPROTO') return `${host} does not encrypt. Write ipp:// instead of ipps://.`
  return `${host} cannot be reached. Is the printer on, and this computer on its network?`
}

async function collect(response: IncomingMessage, url: URL): Promise<Buffer> {
  const refusal = refusalOf(response.statusCode ?? 0, url)
  if (refusal !== undefined) {
    response.destroy()
    throw new NothingSent(refusal, 'error')
  }
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > largestAnswer) throw new Error('too long')
      chunks.push(chunk)
    }
  } catch {
    throw new PrinterProblem(`${url.host} broke off its answer.`)
  }
  return Buffer.concat(chunks)
}

function refusalOf(status: number, { host, pathname }: URL): string | undefined {
  if (status === 200) return undefined
  if (status === 401 || status === 403)
    return `${host} wants a password, which this app does not send. Allow printing without one.`
  if (status === 404) return `${host} has no printer at ${pathname}. Look at the printer’s address again.`
  if (status === 426) return `${host} wants an encrypted connection. Write ipps:// instead of ipp://.`
  return `${host} refused the request (HTTP ${status}). Look at the printer’s address again.`
}

/** All values of an attribute in the groups of a kind; empty where it is not there. */
export function valuesOf(response: IppResponse, group: number, name: string): IppValue[] {
  return response.groups
    .filter(({ tag }) => tag === group)
    .flatMap(({ attributes }) => attributes.get(name) ?? [])
}
