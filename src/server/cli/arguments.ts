import { parseArgs, type ParseArgsConfig } from 'node:util'
import { UsageError } from './failures.ts'

type Options = NonNullable<ParseArgsConfig['options']>

export interface Parsed {
  values: Record<string, string | boolean | undefined>
  positionals: string[]
}

/** Options every command takes. */
const commonOptions = {
  data: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Options

/** Reads a command's words. Throws `UsageError` with the parser's own sentence. */
export function readArguments(args: string[], options: Options): Parsed {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...commonOptions, ...options },
      allowPositionals: true,
    })
    return { values: values as Parsed['values'], positionals }
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

export function textOf({ values }: Parsed, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

export function requiredText(parsed: Parsed, name: string): string {
  const value = textOf(parsed, name)
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing.`)
  return value
}

/** A whole number within bounds, or undefined when it was not given. */
export function numberOf(parsed: Parsed, name: string, [least, most]: [number, number]): number | undefined {
  const text = textOf(parsed, name)
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new UsageError(`--${name} takes a whole number from ${least} to ${most}, not "${text}".`)
  }
  return value
}

/** One of a few words, or undefined when it was not given. */
export function choiceOf<T extends string>(
  parsed: Parsed,
  name: string,
  choices: readonly T[],
): T | undefined {
  const text = textOf(parsed, name)
  if (text === undefined) return undefined
  const choice = choices.find((one) => one === text)
  if (choice === undefined) throw new UsageError(`--${name} takes ${choices.join(' or ')}, not "${text}".`)
  return choice
}
