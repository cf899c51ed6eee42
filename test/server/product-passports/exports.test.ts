import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { unzipSync } from 'fflate'
import { afterAll, describe, expect, it } from 'vitest'
import { makeConfig } from '#server/entry-config.ts'
import { makeLabel, makeLabels } from '#server/features/labels/make-labels.ts'
import { passportEpcis } from '#server/features/product-passports/exports/epcis.ts'
import { passportJsonLd } from '#server/features/product-passports/exports/jsonld.ts'
import { passportLinkset } from '#server/features/product-passports/exports/linkset-file.ts'
import {
  describeExport,
  makeEveryExport,
  makeExport,
} from '#server/features/product-passports/exports/make-exports.ts'
import { passportUntp } from '#server/features/product-passports/exports/untp.ts'
import { createTicketPress } from '#server/features/tickets/encode-ticket.ts'
import { sharedFile } from '#test/support/shared-data.ts'
import { sampleAction, samplePassport, sampleSubject } from './sample-subject.ts'

const press = createTicketPress(makeConfig({}).fontDir)
const parts = {
  makeLabel,
  makeLabels,
  familiesFor: (text: string, bold: boolean) => press.fonts.fontsFor(text, 'en', bold).families,
}
const folder = mkdtempSync(join(tmpdir(), 'qrscan-passport-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Texts that break out of something, or draw attention where they are printed. */
const hostile = [
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '"\'`></style></title></dd><svg onload=alert(1)>&amp;&#60;',
  '=HYPERLINK("https://evil.example","x")',
  '+1+1',
  '@SUM(A1)',
  '-2+3',
  '\tTAB',
  'line one\r\nline two\n"quoted", comma',
  '\u0000\u0007\u001b[31m\u202eright to left\u2066',
  '\ud800 lone',
  'العربية עברית ไทย हिन्दी 中文 日本語 한국어 Ελληνικά Ђ ő 🥖',
  'W'.repeat(3000),
  '__proto__ constructor ${x} {{x}} %n %s ../../etc/passwd',
  ') Tj ET endstream endobj (',
]

const named = hostile.map((text): [string, string] => [JSON.stringify(text).slice(0, 50), text])

const formats = {
  uri: /^[a-z][a-z0-9+.-]*:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/i,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  float: true,
  binary: true,
} as const

function judge(file: string, is2020: boolean): ValidateFunction | undefined {
  const path = sharedFile(file)
  if (path === undefined) return undefined
  const options = { strict: false, allErrors: true, formats }
  const ajv = is2020 ? new Ajv2020(options) : new Ajv(options)
  return ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object)
}
const untp = judge('untp-dpp.schema.json', true)
const epcis = judge('epcis-2.0.schema.json', false)

function has(tool: string): boolean {
  try {
    execFileSync('which', [tool], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

async function textOf(format: 'html' | 'csv', text?: string): Promise<string> {
  const file = await makeExport(sampleSubject(text), parts, { format })
  return file?.body.toString() ?? ''
}

describe('UNTP', () => {
  it.skipIf(!untp)('takes the passport of everything and of next to nothing (needs ../shared/data)', () => {
    const bare = samplePassport('Bare', { core: {}, extension: {}, links: [], profile: 'general', lot: null })
    for (const subject of [
      sampleSubject(),
      sampleSubject('x', { passport: bare }),
      ...hostile.map((t) => sampleSubject(t)),
    ]) {
      untp?.(JSON.parse(JSON.stringify(passportUntp(subject))))
      expect(untp?.errors ?? []).toEqual([])
    }
  })

  it.skipIf(!untp)('is really judged: a wrong level, a claim about nothing, an address that is none', () => {
    const good = passportUntp(sampleSubject()) as {
      credentialSubject: Record<string, unknown>
      issuer: object
    }
    expect(
      untp?.({ ...good, credentialSubject: { ...good.credentialSubject, granularityLevel: 'lot' } }),
    ).toBe(false)
    expect(untp?.({ ...good, issuer: { ...good.issuer, id: 'not a uri' } })).toBe(false)
  })

  it('says how much is recycled where the materials say it all, and never guesses', () => {
    const card = (materials: NonNullable<ReturnType<typeof samplePassport>['core']['materials']>) => {
      const passport = samplePassport('x', { core: { materials } })
      const { credentialSubject } = passportUntp(sampleSubject('x', { passport })) as {
        credentialSubject: { circularityScorecard?: { recycledContent?: number } }
      }
      return credentialSubject.circularityScorecard?.recycledContent
    }
    expect(
      card([
        { name: 'a', share: 4000, recycled_share: 5000 },
        { name: 'b', share: 6000, recycled_share: 0 },
      ]),
    ).toBe(0.2)
    expect(card([{ name: 'a', share: 4000, recycled_share: 5000 }])).toBeUndefined()
    expect(card([{ name: 'a', share: 10_000 }])).toBeUndefined()
  })

  it('and JSON-LD, page, PDF and linkset hold nothing that is for authorities or the business', async () => {
    const subject = sampleSubject()
    const all = await makeEveryExport(subject, parts)
    for (const format of ['untp', 'jsonld', 'html', 'linkset', 'epcis'] as const) {
      const text = all.find((file) => file.format === format)?.body.toString() ?? ''
      expect(text).toContain('09506000134352')
      expect(text).not.toMatch(/SECRET-AUTHORITY|battery_status/)
    }
    for (const format of ['json', 'csv'] as const) {
      expect(all.find((file) => file.format === format)?.body.toString()).toContain('SECRET-AUTHORITY')
    }
  })
})

describe('EPCIS', () => {
  const actions = [
    sampleAction({
      id: '01939b2e-6c00-7000-8000-0000000000a1',
      superseded_by_id: '01939b2e-6c00-7000-8000-0000000000a2',
    }),
    sampleAction({
      id: '01939b2e-6c00-7000-8000-0000000000a2',
      quantity: 11,
      supersedes_id: '01939b2e-6c00-7000-8000-0000000000a1',
      place: '9506000140445',
    }),
    sampleAction({
      id: '01939b2e-6c00-7000-8000-0000000000a3',
      action: 'returned',
      unit: 'kg',
      place: 'Back room',
      utc_offset: -210,
    }),
    sampleAction({
      id: '01939b2e-6c00-7000-8000-0000000000a4',
      action: 'destroyed',
      quantity: 1,
      serial: 'S-9',
    }),
    sampleAction({ id: '01939b2e-6c00-7000-8000-0000000000a5', action: 'corrected', lot: 'L(2)' }),
    sampleAction({ id: '01939b2e-6c00-7000-8000-0000000000a6', action: 'notified' }),
    sampleAction({ id: '01939b2e-6c00-7000-8000-0000000000a7', action: 'not_found' }),
    sampleAction({ id: '01939b2e-6c00-7000-8000-0000000000a8', gtin: '09506000134376' }),
  ]
  const model = samplePassport('Oats', { granularity: 'model', lot: null, serial: null })
  const eventsOf = (subject = sampleSubject('Oats', { passport: model, actions })) =>
    (passportEpcis(subject) as { epcisBody: { eventList: Record<string, unknown>[] } }).epcisBody.eventList

  it.skipIf(!epcis)('keeps its schema, whatever the texts (needs ../shared/data)', () => {
    const subjects = [sampleSubject(), sampleSubject('Oats', { passport: model, actions })]
    for (const text of hostile) {
      const rough = actions.map((action) => ({ ...action, place: text, unit: text, note: text }))
      subjects.push(sampleSubject(text, { passport: { ...model, name: text }, actions: rough }))
    }
    for (const subject of subjects) {
      epcis?.(JSON.parse(JSON.stringify(passportEpcis(subject))))
      expect(epcis?.errors ?? []).toEqual([])
    }
  })

  it.skipIf(!epcis)('is really judged: an invented step and a free field are refused', () => {
    const document = passportEpcis(sampleSubject('Oats', { passport: model, actions })) as {
      epcisBody: object
    }
    const [first] = eventsOf()
    expect(epcis?.({ ...document, epcisBody: { eventList: [{ ...first, bizStep: 'quarantined' }] } })).toBe(
      false,
    )
    expect(epcis?.({ ...document, epcisBody: { eventList: [{ ...first, place: 'x' }] } })).toBe(false)
  })

  it('tells quarantine, return, destruction and repair in GS1’s words', () => {
    const events = eventsOf()
    expect(events.map(({ bizStep, disposition, action }) => [bizStep, disposition, action])).toEqual([
      ['holding', 'recalled', 'OBSERVE'],
      ['holding', 'recalled', 'OBSERVE'],
      ['shipping', 'returned', 'OBSERVE'],
      ['destroying', 'destroyed', 'DELETE'],
      ['repairing', 'conformant', 'OBSERVE'],
    ])
    expect(events[0]).toMatchObject({
      persistentDisposition: { set: ['recalled'] },
      errorDeclaration: {
        reason: 'incorrect_data',
        correctiveEventIDs: ['urn:uuid:01939b2e-6c00-7000-8000-0000000000a2'],
      },
    })
    expect(events[1]).toMatchObject({ readPoint: { id: 'https://id.gs1.org/414/9506000140445' } })
    expect(events[2]).toMatchObject({
      eventTimeZoneOffset: '-03:30',
      quantityList: [{ epcClass: 'https://id.gs1.org/01/09506000134352', quantity: 12, uom: 'KGM' }],
      'https://schema.org/location': 'Back room',
    })
    expect(events[3]).toMatchObject({ epcList: ['https://id.gs1.org/01/09506000134352/21/S-9'] })
    expect(events[4]).toMatchObject({
      quantityList: [{ epcClass: 'https://id.gs1.org/01/09506000134352/10/L(2)', quantity: 12 }],
    })
  })
})

describe('JSON-LD and linkset', () => {
  it('name the goods, and no link takes the place of a property', () => {
    const document = passportJsonLd(sampleSubject())
    expect(document).toMatchObject({
      '@type': ['IndividualProduct', 'gs1:Product'],
      gtin: '09506000134352',
      'gs1:gtin': '09506000134352',
      'gs1:isProductRecalled': false,
      'gs1:instructions': [{ '@id': 'https://example.com/de' }, { '@id': 'https://example.com/en' }],
    })
    expect(passportJsonLd(sampleSubject('x', { isRecalled: true }))).toMatchObject({
      'gs1:isProductRecalled': true,
    })
  })

  it('have one default link without attributes, the others beside it', () => {
    const links = [
      { type: 'gs1:defaultLink', url: 'https://example.com/de', title: 'Deutsch', language: 'de' },
      { type: 'gs1:defaultLink', url: 'https://example.com/en', title: 'English', language: 'en' },
    ]
    const [context] = passportLinkset(samplePassport('x', { links })).linkset
    expect(context).toMatchObject({
      anchor: 'https://qrscan.ink/01/09506000134352/10/LOT%2F7/21/S(1)',
      'https://gs1.org/voc/defaultLink': [{ href: 'https://example.com/de', title: 'Deutsch' }],
      'https://gs1.org/voc/pip': [{ href: 'https://qrscan.ink/01/09506000134352/10/LOT%2F7/21/S(1)' }],
    })
    expect(context?.['https://gs1.org/voc/defaultLinkMulti']).toHaveLength(2)
  })
})

describe('the page', () => {
  it.each(named)('shows %s and never runs it', async (_name, text) => {
    const html = await textOf('html', text)
    expect(html).not.toMatch(/<script|<svg|<img src=x|onerror=alert\(1\)>|javascript:/i)
    const tags = new Set(Array.from(html.matchAll(/<([a-z0-9]+)/gi), ([, name]) => name?.toLowerCase()))
    const known = [
      'html',
      'head',
      'meta',
      'title',
      'style',
      'body',
      'main',
      'header',
      'div',
      'h1',
      'p',
      'img',
    ]
    expect(
      Array.from(tags).filter(
        (tag) => ![...known, 'section', 'h2', 'dl', 'dt', 'dd', 'a'].includes(tag ?? ''),
      ),
    ).toEqual([])
    expect(html.match(/<\/style>/g)).toHaveLength(1)
  })

  it('fetches nothing: its style and its code are inside, its policy forbids the rest', async () => {
    const html = await textOf('html')
    expect(html).toMatch(/<img [^>]*src="data:image\/svg\+xml;base64,/)
    expect(html.match(/ src="(?!data:)/g)).toBeNull()
    expect(html).toContain('default-src &#39;none&#39;')
    expect(html).not.toMatch(/<link|@import|url\(/)
  })
})

describe('the table', () => {
  it.each(named)('holds %s without a formula in any cell', async (_name, text) => {
    const csv = await textOf('csv', text)
    const cells = readCsv(csv.replace('\ufeff', '')).flat()
    expect(cells.length).toBeGreaterThan(100)
    expect(cells.filter((cell) => /^[=+\-@\t\r\n\0]/.test(cell))).toEqual([])
    expect(new Set(readCsv(csv).map((line) => line.length))).toEqual(new Set([6]))
  })
})

describe('the PDF', () => {
  const pdfOf = async (text?: string): Promise<string> => {
    const file = await makeExport(sampleSubject(text), parts, { format: 'pdf' })
    const path = join(folder, 'passport.pdf')
    writeFileSync(path, file?.body ?? '')
    return path
  }

  it.skipIf(!has('pdftotext'))('has every public word, in every script (needs poppler)', async () => {
    const words = 'Größe Łódź Ελλάδα Київ 中文 日本 한국 ไทย'
    const text = execFileSync('pdftotext', ['-layout', await pdfOf(words), '-'], { encoding: 'utf8' })
    for (const word of [
      ...words.split(' '),
      '09506000134352',
      'LOT/7',
      '50.5 Ah',
      'Electric vehicle',
      '12500 g',
      'Austria (AT)',
    ]) {
      expect(text).toContain(word)
    }
    expect(text).not.toContain('SECRET-AUTHORITY')
  })

  it.skipIf(!has('pdfinfo')).each(named)('is whole with %s in every field', async (_name, text) => {
    const info = execFileSync('pdfinfo', [await pdfOf(text)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    expect(info).toMatch(/Pages: +\d+/)
    expect(info).toMatch(/JavaScript: +no/)
  })

  it.skipIf(!has('pdftotext'))('runs over pages without losing the end', async () => {
    const long = Array.from({ length: 400 }, (_, index) => `Word${index}`).join(' ')
    const path = await pdfOf(long)
    const text = execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' })
    expect(text.match(/Word399\b/g)?.length).toBeGreaterThan(8)
    const pages = Number(/Pages: +(\d+)/.exec(execFileSync('pdfinfo', [path], { encoding: 'utf8' }))?.[1])
    expect(pages).toBeGreaterThan(3)
    expect(text).toContain(`${pages}/${pages}`)
    expect(text).not.toContain(`${pages + 1}/`)
  })
})

describe('every export', () => {
  it('is the same bytes each time, wherever and whenever it is made', async () => {
    const first = (await makeEveryExport(sampleSubject(), parts)).map(describeExport)
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const zone = process.env['TZ']
    process.env['TZ'] = 'Pacific/Apia'
    const scanned = sampleSubject('Plain', {
      passport: samplePassport('Plain', { scan_count: 99 }),
      business: sampleSubject().business,
    })
    const second = (await makeEveryExport(scanned, parts)).map(describeExport)
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
    expect(second).toEqual(first)
    expect(first.length).toBeGreaterThan(15)
  })

  it('is in the ZIP, which lists itself truly', async () => {
    const files = await makeEveryExport(sampleSubject(), parts)
    const zip = files.at(-1)
    const contents = unzipSync(new Uint8Array(zip?.body ?? []))
    const { files: listed } = JSON.parse(Buffer.from(contents['manifest.json'] ?? []).toString()) as {
      files: { filename: string; sha256: string; bytes: number }[]
    }
    expect(Object.keys(contents)).toHaveLength(files.length)
    expect(new Set(files.map(({ filename }) => filename)).size).toBe(files.length)
    for (const { filename, sha256, bytes } of listed) {
      const body = contents[filename] ?? new Uint8Array()
      expect(body.length).toBe(bytes)
      expect(createHash('sha256').update(body).digest('hex')).toBe(sha256)
    }
  })

  it('has a name that is no path, whatever the lot', async () => {
    const passport = samplePassport('x', { lot: '../../"x', serial: '%2e%2e' })
    for (const { filename } of await makeEveryExport(sampleSubject('x', { passport }), parts)) {
      expect(filename).toMatch(/^[A-Za-z0-9_-]+(\.[a-z0-9]+)+$/)
    }
  })
})

/** A CSV file as RFC 4180 reads it. */
function readCsv(text: string): string[][] {
  const lines: string[][] = [[]]
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    lines.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === '\r\n') lines.push([])
    if (end === '') break
  }
  return lines.slice(0, -1)
}
