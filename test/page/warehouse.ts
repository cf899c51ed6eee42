import type { Page } from 'playwright-core'
import type { Client } from '#contract/client.ts'
import { listRecallActions, type RecallAction } from '#contract/recall-actions.ts'
import { changeRecall, createRecall } from '#contract/recalls.ts'
import { clientOfPage, type OpenPage } from './open-page.ts'

/** Goods of which one lot is recalled in the app that the page shows. */
export class Warehouse {
  static readonly recalled = { gtin: '09506000134352', lot: 'LOT7' }

  readonly recallId: string
  readonly #client: Client
  readonly #page: Page

  private constructor(client: Client, page: Page, recallId: string) {
    this.#client = client
    this.#page = page
    this.recallId = recallId
  }

  static async open(open: OpenPage): Promise<Warehouse> {
    await open.page.getByRole('heading', { level: 1 }).waitFor()
    const client = await clientOfPage(open)
    const { gtin, lot } = Warehouse.recalled
    const { recall } = await client.call(createRecall, {
      body: {
        notice: { title: 'Peanut butter with salmonella', instructions: 'Put it in the locked store.' },
        lines: [{ gtins: [gtin], lots: [lot] }],
        activate: true,
      },
    })
    return new Warehouse(client, open.page, recall.id)
  }

  async recallLots(lots: readonly string[]): Promise<void> {
    const lines = [{ gtins: [Warehouse.recalled.gtin], lots: [...lots] }]
    const body = { lines, reason: 'Other lots.' }
    await this.#client.call(changeRecall, { params: { id: this.recallId }, body })
  }

  /** The record of what was done, the oldest first. */
  async actions(): Promise<RecallAction[]> {
    const query = { per_page: 100 }
    const { actions } = await this.#client.call(listRecallActions, { params: { id: this.recallId }, query })
    return actions.data.toReversed()
  }

  /** The page reaches the app no more, as when the app is starting anew. */
  async cutOff(): Promise<void> {
    await this.#page.route('**/api/recalls/**', (route) => route.abort())
  }

  async connect(): Promise<void> {
    await this.#page.unroute('**/api/recalls/**')
  }
}
