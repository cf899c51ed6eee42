/**
 * Ten thousand wallet cards of each offline format, written, packed into a ZIP on disk and listed, as the thread of
 * bundles does it. The codes of pages are read back. `node bench/wallet-cards.ts [--cards N]`
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { WalletPass } from '#contract/wallet-passes.ts'
import { prepareReader, readBackStrokes } from '#server/code-files/read-back.ts'
import { makeConfig } from '#server/entry-config.ts'
import { FileBuilder } from '#server/features/exports/build-files.ts'
import type { BundleItem, BundleJob, Drawers, DrawnFile } from '#server/features/exports/bundle-item.ts'
import { cardFiles, type CardItem } from '#server/features/wallet/card-files.ts'
import { codeTextOf } from '#server/features/wallet/code-text.ts'
import { cpuOf, report, type Result } from './measure.ts'

const { values } = parseArgs({ options: { cards: { type: 'string', default: '10000' } } })
const count = Number(values.cards)
const { fontDir, readerWasm } = makeConfig({})
await prepareReader(readerWasm)

const at = '2026-11-23T09:30:00.000000Z'
const address = {
  street: 'Keizersgracht 1',
  city: 'Amsterdam',
  postal_code: '1015 CJ',
  country: 'Netherlands',
}

function cardOf(index: number, kind: WalletPass['kind']): WalletPass {
  const contact = {
    given_name: 'Zoë',
    family_name: `Müller ${index}`,
    organization: 'Weinhaus am Markt GmbH',
    job_title: 'Sales, wine; and more',
    phones: [{ label: 'work' as const, value: `+31 20 ${String(index).padStart(7, '0')}` }],
    emails: [{ label: 'work' as const, value: `zoe.${index}@example.com` }],
    website: `https://example.com/people/${index}`,
    address,
    note: 'Speaks German, Dutch and English.\nBack in January.',
  }
  const event = {
    starts_at: at,
    location: 'Cellar',
    address,
    description: contact.note,
    reminder_minutes: 60,
  }
  return {
    id: `019ab0c0-0000-7000-8000-${String(index).padStart(12, '0')}`,
    business_id: 'b',
    kind,
    title: `Zoë Müller ${index}`,
    subtitle: null,
    contact: kind === 'contact' ? contact : null,
    event: kind === 'event' ? event : null,
    look: { background: '#fff8e1' },
    code_text: null,
    qr_link_id: null,
    locale: 'en',
    translations: {},
    import_id: null,
    created_at: at,
    updated_at: at,
  }
}

function itemOf(card: WalletPass): BundleItem {
  const row: CardItem = { card, link: undefined }
  const text = codeTextOf(card, undefined)
  return { key: card.id, name: card.title, text, caption: null, style: {}, logo: null, facts: {}, row }
}

/** As in src/server/bundle-worker.ts. */
const drawers: Drawers = {
  files: async (_kind, item, { formats }) => {
    const sign = () => Promise.reject(new Error('Nothing is signed here.'))
    const parts = { formats, name: item.name, codeText: item.text, sign }
    const drawn: DrawnFile[] = []
    for (const { format, ending, body } of await cardFiles(item.row as CardItem, parts)) {
      const receipt = format === 'html' ? await readBackStrokes(body, item.text) : null
      drawn.push({ ending, body, receipt, packs: true })
    }
    return drawn
  },
  receipt: () => Promise.reject(new Error('There are no labels here.')),
}

async function bundle(format: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'qrscan-bench-'))
  const job: BundleJob = {
    id: 'bench',
    kind: 'wallet_cards',
    request: { kind: 'wallet_cards', formats: [format] },
    path: join(folder, 'cards.zip'),
    total: count,
    maxBytes: 2 ** 31,
    fontDir,
    createdAt: Date.parse(at),
  }
  const builder = new FileBuilder(job, drawers)
  for (let from = 0; from < count; from += 200) {
    const indices = Array.from({ length: Math.min(200, count - from) }, (_, index) => from + index)
    await builder.add(indices.map((index) => itemOf(cardOf(index, format === 'ics' ? 'event' : 'contact'))))
  }
  await builder.finish()
  const { done, refused, verified } = builder.progress
  if (done !== count || refused > 0) throw new Error(`${done} done, ${refused} refused`)
  if (format === 'html' && verified !== count) throw new Error(`${verified} of ${count} codes were read back`)
  rmSync(folder, { recursive: true })
}

const results: Result[] = []
for (const format of ['vcf', 'ics', 'html']) {
  const seconds = await cpuOf(() => bundle(format))
  const what = `${count} ${format} cards in a bundle`
  results.push({
    bench: 'wallet-cards',
    what,
    ours: seconds,
    unit: 's CPU',
    target: '< 10 s',
    met: seconds < 10,
  })
}
report(results)
