import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importRecalls, listRecalls, type Recall } from '#contract/recalls.ts'
import { normaliseGtin } from '#server/features/gs1/gtin.ts'
import { gtinsIn, lotsIn, meansAllLots } from '#server/features/recalls/import/find-in-text.ts'
import { readNotices } from '#server/features/recalls/import/read-notices.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'

const gtin = '09506000134352'
const read = (text: string | Buffer) => readNotices(Buffer.from(text), normaliseGtin)

describe('lots in the words of real notices', () => {
  it.each([
    ['Lot # 544821A, Exp 07/19', ['544821A']],
    ['Lot: 10313-8J UPC 77890 27864 Use By Date: 01/08/2014', ['10313-8J']],
    ['Best by 4/19/17 Lot Code 16110 Best by 04/02/17 Lot Code 16093', ['16110', '16093']],
    ['Lot code 21/07/2016', ['21/07/2016']],
    ['UDI: (01) 04050598000582 Lot Numbers: 220706 Exp. 05/04/2024', ['220706']],
    ['Lot Numbers: A1, A2, A3 and A4.', ['A1', 'A2', 'A3', 'A4']],
    ['Batch 7781; 7782', ['7781', '7782']],
    ['All lot codes.', []],
    ['Use by Dates: 9/30/16, 10/1/16', []],
    ['All lots packed on 09/26/2014', []],
    ['The lot in question', []],
  ])('%s', (text, lots) => {
    expect(lotsIn(text)).toEqual(lots)
  })

  it('are all meant where the text says so', () => {
    expect(['All lot codes.', 'ALL LOTS', 'all codes'].map(meansAllLots)).toEqual([true, true, true])
    expect(meansAllLots('Lot 5 of all sizes')).toBe(false)
  })
})

describe('GTINs in text', () => {
  it('are digits with a right check digit, however they are spaced, and nothing else', () => {
    expect(gtinsIn('UPC 0-36000-29145-2, and 036000291453', normaliseGtin)).toEqual(['00036000291452'])
    expect(gtinsIn('UDI: (01) 04050598000582', normaliseGtin)).toEqual(['04050598000582'])
    expect(gtinsIn('Call 1-800-555-0199 on 00000000', normaliseGtin)).toEqual([])
  })
})

describe('a file of notices', () => {
  it('of openFDA becomes drafts with the words of the notice beside them', () => {
    const results = [
      {
        recall_number: 'F-0276-2017',
        classification: 'Class II',
        recalling_firm: 'Nutty Foods',
        product_description: 'Peanut butter 350 g, UPC 036000291452',
        reason_for_recall: 'Salmonella',
        code_info: 'Lot # 544821A, Exp 07/19',
        recall_initiation_date: '20161108',
      },
      {
        recall_number: 'D-1',
        code_info: 'All lot codes.',
        reason_for_recall: 'Label',
        product_description: 'Pills',
      },
    ]
    const { format, drafts, problems } = read(JSON.stringify({ meta: {}, results }))
    expect(format).toBe('openfda')
    expect(drafts[0]).toMatchObject({
      notice: {
        number: 'F-0276-2017',
        classification: 'Class II',
        announced_on: '2016-11-08',
        issuer: 'Nutty Foods',
      },
      lines: [{ gtins: ['00036000291452'], lots: ['544821A'], original_text: 'Lot # 544821A, Exp 07/19' }],
    })
    expect(drafts[1]).toMatchObject({
      lines: [],
      notice: { original_text: expect.stringContaining('All lot codes.') as string },
    })
    expect(problems).toEqual([{ place: 'results[1]', message: expect.stringContaining('No GTIN') as string }])
  })

  it('of the CPSC goes by product and UPC', () => {
    const recall = {
      RecallNumber: '24001',
      RecallDate: '2024-01-31T00:00:00',
      Title: 'Heater recalled',
      Description: 'It burns.',
      URL: 'https://www.cpsc.gov/x',
      Products: [{ Name: 'Heater', NumberOfUnits: 'About 500' }],
      ProductUPCs: [{ UPC: '036000291452' }],
      Hazards: [{ Name: 'Fire' }],
      Remedies: [{ Name: 'Refund' }],
    }
    expect(read(JSON.stringify([recall]))).toMatchObject({
      format: 'cpsc',
      drafts: [
        {
          notice: {
            title: 'Heater recalled',
            hazard: 'Fire',
            instructions: 'Refund',
            announced_on: '2024-01-31',
          },
          lines: [{ gtins: ['00036000291452'] }],
        },
      ],
    })
  })

  it('of RappelConso, with its French names and its marks, one row a GTIN', () => {
    const csv = [
      'numero_fiche;libelle;motif_rappel;gtin;numero_lot;lien_vers_la_fiche_rappel',
      `2024-01-01;Fromage;Listeria;${gtin};L12;https://rappel.conso.gouv.fr/x`,
      '2024-01-01;Fromage;Listeria;09506000134376;L13;',
    ].join('\n')
    const { drafts, problems } = read(Buffer.from(csv, 'latin1'))
    expect(problems).toEqual([])
    expect(drafts).toMatchObject([
      {
        notice: { number: '2024-01-01', title: 'Fromage', reason: 'Listeria' },
        lines: [{ lots: ['L12'] }, { lots: ['L13'] }],
      },
    ])
  })

  it('as a table says in which row something is missing', () => {
    const { drafts, problems } = read(`title,gtin,lot\nJam,${gtin},A|B\n,${gtin},C\nTea,123,D\n`)
    expect(drafts.map(({ notice, lines }) => [notice.title, lines.length])).toEqual([
      ['Jam', 1],
      ['Tea', 0],
    ])
    expect(drafts[0]!.lines[0]!.lots).toEqual(['A', 'B'])
    expect(problems.map(({ place }) => place)).toEqual(['row 3', 'row 4'])
  })

  it('of the EU’s Safety Gate and of GS1, with names of elements in whatever case', () => {
    const safetyGate = `<?xml version="1.0"?><safetyGate><notification><caseNumber>A12/1</caseNumber><product>Doll</product>
      <brand>Toys</brand><barcode>${gtin}</barcode><batchNumber>B7</batchNumber><danger>Small parts</danger></notification></safetyGate>`
    expect(read(safetyGate)).toMatchObject({
      format: 'xml',
      drafts: [
        {
          notice: { title: 'Toys Doll', number: 'A12/1', reason: 'Small parts' },
          lines: [{ gtins: [gtin], lots: ['B7'] }],
        },
      ],
    })
    const gs1 = `<pr:message xmlns:pr="urn:x"><pr:productRecall><gtin>${gtin}</gtin><lotNumber>L9</lotNumber>
      <recallReason>Glass</recallReason><tradeItemDescription>Jam</tradeItemDescription></pr:productRecall></pr:message>`
    expect(read(gs1).drafts[0]).toMatchObject({ notice: { title: 'Jam' }, lines: [{ lots: ['L9'] }] })
  })

  it.each([
    ['', 'empty'],
    ['{"a": ', 'begins as JSON'],
    ['<a><b></a>', 'line 1'],
    [
      '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><recall>&lol2;</recall>',
      'document type',
    ],
    ['just words', 'no table'],
    ['[1, 2]', 'no list'],
    ['<html><body>hello</body></html>', 'No recall notice'],
    [`[{"notice": {"title": ""}, "lines": []}]`, 'item[0]'],
  ])('that cannot be read says so: %s', (text, words) => {
    const { drafts, problems } = read(text)
    expect(drafts).toEqual([])
    expect(JSON.stringify(problems)).toContain(words)
  })

  it('deep or wide as it may be never throws and never takes long', () => {
    const deep = `${'<recall>'.repeat(5_000)}x${'</recall>'.repeat(5_000)}`
    const wide = JSON.stringify({
      results: Array.from({ length: 5_000 }, () => ({ recall_number: 'x', code_info: 'Lot 1 '.repeat(50) })),
    })
    const nested = `{"results": [{"recall_number": ${'['.repeat(50_000)}${']'.repeat(50_000)}, "code_info": "Lot 1"}]}`
    const start = performance.now()
    expect(() => [
      read(deep),
      read(wide),
      read('lot,gtin,title\n'.repeat(20_000)),
      read('['.repeat(100_000)),
      read(nested),
    ]).not.toThrow()
    expect(performance.now() - start).toBeLessThan(5_000)
    expect(read(wide)).toMatchObject({ drafts: { length: 1_000 } })
  })
})

describe('importing over the wire', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('makes drafts of every kind of body, puts none in force, and keeps hostile words as words', async () => {
    const hostile = '=cmd|calc\u202e<script>'
    const csv = `title,gtin,lot\n"${hostile}",${gtin},L1\n`
    for (const type of ['text/csv', 'application/octet-stream']) {
      const { import: made } = await server.window.call(importRecalls, {
        query: {},
        upload: csv,
        headers: { 'Content-Type': type },
      })
      expect(made.drafts).toMatchObject([{ status: 'draft', source: 'import', notice: { title: hostile } }])
    }
    const json = await server.fetch('/api/recalls/import', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        results: [{ recall_number: 'F-1', code_info: 'Lot 5', product_description: `UPC ${gtin}` }],
      }),
    })
    expect(json.status).toBe(201)
    const { recalls, data } = await server.window.call(listRecalls, {
      query: { status: 'draft', search: '=CMD' },
    })
    expect([recalls.data.length, data.active_recalls]).toEqual([2, 0])
    const [first] = recalls.data as [Recall]
    expect(first.lines).toMatchObject([{ gtins: [gtin], lots: ['L1'] }])
  })
})
