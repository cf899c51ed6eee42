import type { ImportColumn } from '#contract/imports.ts'

export interface Preset {
  name: string
  /** All of these headers must be there. */
  needs: readonly string[]
  fields: Record<string, string>
}

/** How the columns of one kind of file are told: by their names, and by what stands in them. */
interface HeaderRules {
  fields: readonly string[]
  /** Other names of each field as people and other tools write them; compared as `plainHeader` has them. */
  aliases: Readonly<Record<string, readonly string[]>>
  /** Exports of other services; checked before the aliases, which one of them uses for another field. */
  presets: readonly Preset[]
  /** Columns of a file without headers. */
  byContent: (rows: readonly string[][]) => ImportColumn[]
  /** The matched columns with what their content tells where no name does. */
  complete: (columns: readonly ImportColumn[], rows: readonly string[][]) => ImportColumn[]
  /** What no file of the kind can do without, given the fields that columns feed. */
  missing: (fields: ReadonlySet<string>) => { code: string; message: string } | undefined
}

export interface HeaderBook extends HeaderRules {
  /** Fields by their own names and by the others, as `plainHeader` writes them. */
  exactNames: ReadonlyMap<string, string>
  aliasNames: ReadonlyMap<string, string>
}

export function makeHeaderBook(rules: HeaderRules): HeaderBook {
  const { fields, aliases } = rules
  const others = fields.flatMap((field) => (aliases[field] ?? []).map((alias) => [alias, field] as const))
  return {
    ...rules,
    exactNames: new Map(fields.map((field) => [plainHeader(field), field])),
    aliasNames: new Map(others.map(([alias, field]) => [plainHeader(alias), field])),
  }
}

/** A header for comparing: no case, accents, camel humps or punctuation; words parted by single spaces. */
export function plainHeader(name: string): string {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
