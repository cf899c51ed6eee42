/** What a rule may ask for beside the value. */
export interface Surroundings {
  input: unknown
  /** Milliseconds, for the rules that compare with `now` and `today`. */
  now: number
  /** Answers `exists` and `unique`; without it the first always fails and the second always passes. */
  isStored?: (table: string, column: string, value: string) => boolean
}

/** One field of an input as its rules see it. */
export interface Field {
  path: readonly string[]
  value: unknown
  present: boolean
  /** Names of all rules of the field: `min` measures by type. */
  rules: ReadonlySet<string>
  around: Surroundings
  /** How often each text occurs among the fields of the same pattern; asked by `distinct`. */
  occurrences: () => ReadonlyMap<string, number>
}

/** True when the field keeps the rule. */
export type RuleCheck = (field: Field, parameters: readonly string[]) => boolean
