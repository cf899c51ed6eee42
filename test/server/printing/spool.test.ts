import { describe, expect, it } from 'vitest'
import { advanceOrderIntent } from '#contract/order-intents.ts'
import {
  reprintPrintJob,
  settlePrintJob,
  showPrintJobPreview,
  showPrintTrouble,
} from '#contract/print-jobs.ts'
import { startVirtualPrinter } from '#test/support/virtual-printer.ts'
import { openPrintShop, type PrintShop } from './print-shop.ts'

const soon = { timeout: 15_000, interval: 50 }

async function stateOf(shop: PrintShop, at = 0): Promise<string | undefined> {
  return (await shop.jobs())[at]?.state
}

describe('a ticket', () => {
  it('is printed once when its order is accepted, and proved', async () => {
    await using printer = await startVirtualPrinter()
    await using shop = await openPrintShop(printer)
    const { number } = await shop.order(2)
    await expect.poll(() => stateOf(shop), soon).toBe('printed')
    expect(printer.tickets()).toHaveLength(1)
    const { text } = printer.tickets()[0]!
    expect(text).toContain('K-0001')
    expect(text).toContain(String(number))
    expect(text).toContain('Soup')
    expect(text).not.toContain('REPRINT')
    const [job] = await shop.jobs()
    expect(job).toMatchObject({
      station_number: 'K-0001',
      reason: null,
      attempts: [{ mark: 'none', outcome: 'printed' }],
    })
  })

  it('goes on its way one after the other, numbered without gaps', async () => {
    await using printer = await startVirtualPrinter()
    await using shop = await openPrintShop(printer)
    for (let turn = 0; turn < 5; turn++) await shop.order()
    await expect.poll(() => printer.tickets().length, soon).toBe(5)
    const numbers = printer.tickets().map(({ text }) => /K-\d{4}/.exec(text)?.[0])
    expect(numbers).toEqual(['K-0001', 'K-0002', 'K-0003', 'K-0004', 'K-0005'])
  })

  it('waits while there is no paper, says why, and prints by itself when there is', async () => {
    await using printer = await startVirtualPrinter({ faults: { paperOut: true } })
    await using shop = await openPrintShop(printer)
    await shop.order()
    await expect.poll(async () => (await shop.jobs())[0]?.reason, soon).toMatch(/out of paper/i)
    const { trouble } = await shop.client.call(showPrintTrouble, {})
    expect(trouble).toMatchObject({ waiting: 1, held: 0, printers: [{ name: 'Kitchen printer' }] })
    expect((await shop.jobs())[0]?.attempts).toEqual([])
    await printer.set({ paperOut: false })
    await expect.poll(() => stateOf(shop), soon).toBe('printed')
    expect(printer.tickets()).toHaveLength(1)
  })

  it('that broke off in the middle is not printed twice when the printer’s counter tells', async () => {
    await using printer = await startVirtualPrinter()
    await using shop = await openPrintShop(printer)
    await printer.set({ resetAfterBytes: 120 })
    await shop.order()
    await expect.poll(() => stateOf(shop), soon).toBe('printed')
    const whole = printer.tickets().filter(({ text, isCut }) => isCut && text.includes('K-0001'))
    expect(whole).toHaveLength(1)
    expect(whole[0]!.text).not.toContain('REPRINT')
    expect((await shop.jobs())[0]!.attempts.length).toBeGreaterThan(1)
  })

  it('in doubt without evidence is printed again and says REPRINT', async () => {
    await using printer = await startVirtualPrinter({ faults: { noCounter: true } })
    await using shop = await openPrintShop(printer)
    await printer.set({ resetAfterBytes: 200 })
    await shop.order()
    await expect.poll(() => stateOf(shop), soon).toBe('printed')
    expect(printer.tickets().at(-1)!.text).toContain('REPRINT')
    expect((await shop.jobs())[0]!.attempts).toMatchObject([
      { outcome: 'unknown', mark: 'none' },
      { outcome: 'printed', mark: 'reprint' },
    ])
  })

  it('in doubt three times waits for a person, so that no roll of reprints comes out', async () => {
    await using printer = await startVirtualPrinter({ faults: { noCounter: true } })
    await using shop = await openPrintShop(printer)
    await printer.set({ resetEachAfter: 200 })
    await shop.order()
    await expect.poll(() => stateOf(shop), soon).toBe('held')
    await printer.set({ resetAfterBytes: null, resetEachAfter: null })
    const [job] = await shop.jobs()
    expect(job!.reason).toMatch(/^It may have come out already, 3 times\. Look at the printer/)
    expect(job!.attempts.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'unknown'])
    await shop.client.call(settlePrintJob, { params: { id: job!.id }, body: { action: 'print' } })
    await expect.poll(() => stateOf(shop), soon).toBe('printed')
    expect(printer.tickets().at(-1)!.text).toContain('REPRINT')
  })

  it('in doubt waits for a person where the station wants to be asked', async () => {
    await using printer = await startVirtualPrinter({ faults: { noCounter: true } })
    await using shop = await openPrintShop(printer)
    await shop.db.updateTable('stations').set({ after_doubt: 'ask' }).execute()
    await printer.set({ resetAfterBytes: 200 })
    await shop.order()
    await expect.poll(() => stateOf(shop), soon).toBe('held')
    const [job] = await shop.jobs()
    await shop.client.call(settlePrintJob, { params: { id: job!.id }, body: { action: 'was_printed' } })
    expect(await stateOf(shop)).toBe('printed')
    expect(printer.tickets().filter(({ text }) => text.includes('REPRINT'))).toEqual([])
  })

  it('goes to the station’s next printer when its own stays away, marked BACKUP', async () => {
    await using printer = await startVirtualPrinter()
    await using other = await startVirtualPrinter()
    await using shop = await openPrintShop(printer)
    const backup = await shop.addPrinter(other, 'Bar printer')
    const [own] = shop.kitchen.printer_ids
    await shop.db
      .updateTable('stations')
      .set({ printer_ids: JSON.stringify([own, backup]) })
      .execute()
    await printer.set({ refuse: true })
    await shop.order()
    await expect.poll(() => stateOf(shop), { timeout: 25_000, interval: 100 }).toBe('printed')
    expect(other.tickets()[0]!.text).toContain('BACKUP FOR Kitchen')
    expect(printer.tickets()).toEqual([])
  }, 40_000)

  it('of an old clone ends as sent, for nobody can prove it', async () => {
    await using printer = await startVirtualPrinter({ faults: { mute: true } })
    await using shop = await openPrintShop(printer, { proof: 'none' })
    await shop.order()
    await expect.poll(() => stateOf(shop), soon).toBe('sent')
    expect((await shop.jobs())[0]!.reason).toMatch(/cannot confirm/)
    expect(printer.tickets()).toHaveLength(1)
  })

  it('that is too old waits for a person instead of coming out late', async () => {
    await using printer = await startVirtualPrinter({ faults: { paperOut: true } })
    await using shop = await openPrintShop(printer)
    await shop.order()
    await expect.poll(async () => (await shop.jobs())[0]?.reason, soon).toMatch(/paper/)
    await shop.db.updateTable('print_jobs').set({ hold_at: '2020-01-01T00:00:00.000000Z' }).execute()
    await printer.set({ paperOut: false })
    await expect.poll(() => stateOf(shop), soon).toBe('held')
    expect(printer.tickets()).toEqual([])
    const [job] = await shop.jobs()
    await shop.client.call(settlePrintJob, { params: { id: job!.id }, body: { action: 'print' } })
    await expect.poll(() => stateOf(shop), soon).toBe('printed')
  })

  it('of an order that was cancelled before it came out is not printed, and its number is given out again', async () => {
    await using printer = await startVirtualPrinter({ faults: { paperOut: true } })
    await using shop = await openPrintShop(printer)
    const { id } = await shop.order()
    await shop.client.call(advanceOrderIntent, { params: { id }, body: { to: 'cancelled' } })
    expect((await shop.jobs()).map(({ state }) => state)).toEqual(['superseded'])
    await printer.set({ paperOut: false })
    await shop.order()
    await expect.poll(() => printer.tickets().length, soon).toBe(1)
    expect(printer.tickets()[0]!.text).toContain('K-0001')
  })

  it('of an order that was cancelled after it came out is taken back by a VOID', async () => {
    await using printer = await startVirtualPrinter()
    await using shop = await openPrintShop(printer)
    const { id } = await shop.order()
    await expect.poll(() => stateOf(shop), soon).toBe('printed')
    await shop.client.call(advanceOrderIntent, { params: { id }, body: { to: 'cancelled' } })
    await expect.poll(() => printer.tickets().length, soon).toBe(2)
    expect(printer.tickets()[1]!.text).toContain('VOID')
  })

  it('is reprinted by hand with its mark; a second click while it is on its way is a 409', async () => {
    await using printer = await startVirtualPrinter()
    await using shop = await openPrintShop(printer)
    await shop.order()
    await expect.poll(() => stateOf(shop), soon).toBe('printed')
    const [job] = await shop.jobs()
    await printer.set({ paperOut: true })
    const again = () => shop.client.call(reprintPrintJob, { params: { id: job!.id }, body: {} })
    const { print_job } = await again()
    await expect(again()).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining(print_job.id),
    })
    await printer.set({ paperOut: false })
    await expect.poll(() => printer.tickets().length, soon).toBe(2)
    expect(printer.tickets()[1]!.text).toContain('REPRINT')
    expect(printer.tickets()[1]!.text).toContain('K-0001')
  })

  it('can be looked at, decoded from its bytes', async () => {
    await using printer = await startVirtualPrinter()
    await using shop = await openPrintShop(printer)
    await shop.order()
    const [job] = await shop.jobs()
    const picture = await shop.client.request(showPrintJobPreview, { params: { id: job!.id } })
    expect(picture.headers.get('content-type')).toBe('image/png')
    expect((await picture.arrayBuffer()).byteLength).toBeGreaterThan(500)
  })
})

describe('without printers', () => {
  it('nothing is queued, and nothing is stuck', async () => {
    await using printer = await startVirtualPrinter()
    await using shop = await openPrintShop(printer)
    await shop.db.updateTable('printers').set({ deleted_at: '2026-11-23T00:00:00.000000Z' }).execute()
    await shop.order()
    expect(await shop.jobs()).toEqual([])
  })

  it('of a station, a ticket is held and says what to do', async () => {
    await using printer = await startVirtualPrinter()
    await using shop = await openPrintShop(printer)
    await shop.db.updateTable('stations').set({ printer_ids: '[]' }).execute()
    await shop.order()
    expect(await shop.jobs()).toMatchObject([
      { state: 'held', reason: expect.stringContaining('Kitchen has no printer') },
    ])
  })
})
