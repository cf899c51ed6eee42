import { Ajv2020 } from 'ajv/dist/2020.js'
import { documentedStatuses, type Endpoint } from '#contract/endpoint.ts'

const ajv = new Ajv2020({ strict: false, validateFormats: false })

/**
 * What is wrong with an answer, by what the contract says of its endpoint: an undocumented status, a 5xx, a body that
 * its schema does not describe, an error that is not Laravel's envelope or tells of the inside. Undefined where all
 * is well.
 */
export async function faultOf(endpoint: Endpoint, response: Response): Promise<string | undefined> {
  const type = response.headers.get('content-type') ?? ''
  const text = await response.text()
  if (response.status >= 500) return `${response.status}: ${text}`
  if (!documentedStatuses(endpoint).includes(response.status))
    return `${response.status} is not documented: ${text}`
  if (response.status === 204) return text === '' ? undefined : 'a 204 with a body'
  if (response.status >= 400) return faultOfError(response.status, type, text)
  if (endpoint.produces)
    return endpoint.produces.some((one) => type.startsWith(one)) ? undefined : `typed ${type}`
  if (type !== 'application/json') return `typed ${type}`
  const fits = ajv.compile(endpoint.reply as object)
  return fits(JSON.parse(text)) ? undefined : ajv.errorsText(fits.errors)
}

function faultOfError(status: number, type: string, text: string): string | undefined {
  if (type !== 'application/json') return `an error typed ${type}`
  const body = JSON.parse(text) as { message?: unknown; errors?: Record<string, string[]> }
  const extra = Object.keys(body).filter((name) => name !== 'message' && name !== 'errors')
  if (typeof body.message !== 'string' || extra.length > 0) return `an error with other fields: ${text}`
  if (body.errors && (status !== 422 || Object.keys(body.errors).length === 0))
    return `errors on ${status}: ${text}`
  return /SQLITE|node_modules|\bat \S+ \(|select .* from|\/tmp\//i.test(text)
    ? `it tells too much: ${text}`
    : undefined
}
