/** What every bench hands to `run.ts`: one line of the table. */
export interface Result {
  bench: string
  what: string
  ours: number
  unit: string
  /** The peer's number, measured in the same run, turn by turn with ours. */
  peer?: number
  ratio?: number
  /** What the issue asks, and whether this number keeps it; nothing for numbers that are only shown. */
  target?: string
  met?: boolean
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Milliseconds of one call. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** What slow contenders may take: after this many milliseconds no further round begins. */
const patience = 1000

/** Seconds of this process's CPU that some work takes. */
export async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** Milliseconds of each contender, one turn after the other, up to `rounds` times: `{name: [ms, …]}`. */
export async function takeTurns<Name extends string>(
  contenders: Record<Name, () => unknown>,
  rounds: number,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contenders) as Name[]
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>
  const start = performance.now()
  for (let round = 0; round < rounds && performance.now() - start < patience; round++) {
    for (const name of names) times[name].push(await timed(contenders[name]))
  }
  return times
}

/** Hands the results of a bench to whoever started it: a table for a person, lines of JSON for `run.ts`. */
export function report(results: readonly Result[]): void {
  if (process.env['BENCH_JSON'] === '1') {
    for (const result of results) process.stdout.write(`${JSON.stringify(result)}\n`)
  } else {
    process.stdout.write(tableOf(results))
  }
}

export function tableOf(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.bench,
    result.what,
    `${short(result.ours)} ${result.unit}`,
    result.peer === undefined ? '' : `${short(result.peer)} ${result.unit}`,
    result.ratio === undefined ? '' : short(result.ratio),
    result.target ?? '',
    result.met === undefined ? '' : result.met ? 'met' : 'MISSED',
  ])
  const all = [['bench', 'what', 'ours', 'peer', 'ratio', 'target', ''], ...rows]
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)))
  return all
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toPrecision(2)
}
