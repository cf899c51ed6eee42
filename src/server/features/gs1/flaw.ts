/** What a check found wrong: where in what it was given, from 0, and over how many characters. */
export interface Flaw {
  code: string
  at: number
  length: number
}

export type Check = (value: string) => Flaw | undefined

export function whole(code: string, value: string): Flaw {
  return { code, at: 0, length: value.length }
}

/** The first character that is no digit. */
export function nonDigit(value: string): Flaw | undefined {
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index)
    if (code < 48 || code > 57) return { code: 'non_digit', at: index, length: 1 }
  }
  return undefined
}
