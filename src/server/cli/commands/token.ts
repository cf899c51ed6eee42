import { scopes, type Scope } from '#contract/endpoint.ts'
import { createToken, listTokens, revokeToken, type NewToken } from '#contract/tokens.ts'
import { choiceOf, numberOf, readArguments, requiredText, textOf, type Parsed } from '../arguments.ts'
import { withClient } from '../connect.ts'
import { exitCodes, UsageError } from '../failures.ts'
import type { Command } from '../qrscan.ts'

export const tokenCommand: Command = {
  summary: 'make, list and revoke tokens',
  help: `qrscan token create: make a bearer token; its secret is printed once

  --kind api|mcp     what it is for (default: api)
  --scopes A,B       what it may do, or "*" for everything
  --name TEXT        to know it by (default: "Command line")
  --business ID      limit it to one business
  --expires WHEN     a date or time in ISO 8601, or days from now such as 90d
  --rate N           requests a minute (default: 120)
  --json             print {"token":{…},"plain_text_token":…}

qrscan token list           all tokens, without secrets
qrscan token revoke ID      end a token at once

It works beside a running server. Scopes: ${scopes.join(' ')}
`,
  async run([action, ...rest]) {
    if (action === 'create') return create(rest)
    if (action === 'list') return list(rest)
    if (action === 'revoke') return revoke(rest)
    throw new UsageError('Say `token create`, `token list` or `token revoke`.')
  },
}

async function create(args: string[]): Promise<number> {
  const text = { type: 'string' } as const
  const parsed = readArguments(args, {
    kind: text,
    scopes: text,
    name: text,
    business: text,
    expires: text,
    rate: text,
  })
  const body = newTokenOf(parsed)
  const made = await withClient(textOf(parsed, 'data'), (client) => client.call(createToken, { body }))
  if (parsed.values['json']) process.stdout.write(`${JSON.stringify(made)}\n`)
  else process.stdout.write(`${made.plain_text_token}\n`)
  return exitCodes.done
}

function newTokenOf(parsed: Parsed): NewToken {
  const rate = numberOf(parsed, 'rate', [1, 100_000])
  const business = textOf(parsed, 'business')
  const expires = textOf(parsed, 'expires')
  return {
    name: textOf(parsed, 'name') ?? 'Command line',
    kind: choiceOf(parsed, 'kind', ['api', 'mcp']) ?? 'api',
    scopes: requiredText(parsed, 'scopes')
      .split(/[,\s]+/)
      .filter(Boolean)
      .map(scopeOf),
    ...(business !== undefined && { business_id: business }),
    ...(expires !== undefined && { expires_at: momentOf(expires) }),
    ...(rate !== undefined && { rate_per_minute: rate }),
  }
}

function scopeOf(name: string): Scope {
  const scope = scopes.find((one) => one === name)
  if (!scope) throw new UsageError(`There is no scope "${name}". Scopes: ${scopes.join(' ')}`)
  return scope
}

function momentOf(text: string): string {
  const days = /^(\d{1,4})d$/.exec(text)?.[1]
  const moment = days === undefined ? Date.parse(text) : Date.now() + Number(days) * 86_400_000
  if (Number.isNaN(moment))
    throw new UsageError(`--expires takes an ISO 8601 date or days such as 90d, not "${text}".`)
  return new Date(moment).toISOString()
}

async function list(args: string[]): Promise<number> {
  const parsed = readArguments(args, {})
  const { tokens } = await withClient(textOf(parsed, 'data'), (client) =>
    client.call(listTokens, { query: { per_page: 100 } }),
  )
  if (parsed.values['json']) process.stdout.write(`${JSON.stringify(tokens.data)}\n`)
  else for (const token of tokens.data) process.stdout.write(`${describe(token)}\n`)
  return exitCodes.done
}

function describe(token: {
  id: string
  kind: string
  name: string
  last_four: string
  revoked_at: string | null
}): string {
  return [
    token.id,
    token.kind,
    `…${token.last_four}`,
    token.revoked_at ? 'revoked' : 'live',
    token.name,
  ].join('  ')
}

async function revoke(args: string[]): Promise<number> {
  const parsed = readArguments(args, {})
  const [id] = parsed.positionals
  if (id === undefined) throw new UsageError('Say which token: `token revoke ID`.')
  await withClient(textOf(parsed, 'data'), (client) => client.call(revokeToken, { params: { id } }))
  if (!parsed.values['json']) process.stdout.write('Revoked.\n')
  return exitCodes.done
}
