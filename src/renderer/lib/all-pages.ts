import type { Paginator } from '#contract/pagination.ts'

/** Every row of a list that is known to be short, over as many pages as there are. */
export async function allPages<T>(load: (page: number) => Promise<Paginator<T>>): Promise<T[]> {
  const all: T[] = []
  for (let page = 1; ; page += 1) {
    const { data, last_page } = await load(page)
    all.push(...data)
    if (page >= last_page) return all
  }
}
