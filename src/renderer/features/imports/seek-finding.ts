import type { LoadedPage } from './row-pages.ts'
import { rowsInPage } from './row-pages.ts'

/** Loads a page (from 1) of the rows that have findings, in the order of the file. */
export type LoadFindings = (page: number) => Promise<LoadedPage>

/**
 * The number of the nearest row with a finding after or before a row, in a file of any length: pages are halved
 * until the right one is found. Undefined when there is none that way.
 */
export async function seekFinding(
  load: LoadFindings,
  from: number,
  direction: 'next' | 'previous',
): Promise<number | undefined> {
  const { total } = await load(1)
  let low = 1
  let high = Math.max(Math.ceil(total / rowsInPage), 1)
  while (low < high) {
    const middle = direction === 'next' ? Math.floor((low + high) / 2) : Math.ceil((low + high) / 2)
    const { rows } = await load(middle)
    if (direction === 'next') {
      if ((rows.at(-1)?.row ?? Infinity) > from) high = middle
      else low = middle + 1
    } else if ((rows[0]?.row ?? Infinity) < from) low = middle
    else high = middle - 1
  }
  const { rows } = await load(low)
  const hit =
    direction === 'next' ? rows.find(({ row }) => row > from) : rows.findLast(({ row }) => row < from)
  return hit?.row
}
