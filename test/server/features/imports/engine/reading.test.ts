import { writeXlsx } from 'hucre/xlsx'
import { existsSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { NotUtf8Error } from '#server/features/imports/engine/scan.ts'
import { matchHeaders } from '#server/features/imports/engine/headers.ts'
import { Workshop } from './import-fixture.ts'

const workshop = new Workshop()
afterAll(() => workshop.remove())

const table = 'slug,url,title\ncafé-x,https://example.com/1,Crème brûlée\nmenu,https://example.com/2,Weiß\n'

function utf32(text: string): Buffer {
  const bytes = Buffer.alloc(4 * (Array.from(text).length + 1))
  for (const [k, character] of Array.from(`\ufeff${text}`).entries())
    bytes.writeUInt32LE(character.codePointAt(0)!, 4 * k)
  return bytes
}

describe('encodings', () => {
  test.each([
    ['utf-8', Buffer.from(table)],
    ['utf-8', Buffer.from(`\ufeff${table}`)],
    ['utf-16le', Buffer.from(`\ufeff${table}`, 'utf16le')],
    ['utf-16le', Buffer.from(table, 'utf16le')],
    ['utf-16be', Buffer.from(`\ufeff${table}`, 'utf16le').swap16()],
    ['utf-16be', Buffer.from(table, 'utf16le').swap16()],
    ['utf-32le', utf32(table)],
    ['windows-1252', Buffer.from(table, 'latin1')],
  ])('%s (%#) is found and read', async (encoding, bytes) => {
    const session = await workshop.scan(bytes)
    expect(session.sheet.encoding).toBe(encoding)
    expect(session.sheet.columns.map(({ name }) => name)).toEqual(['slug', 'url', 'title'])
    expect(session.rowOf(0).cells[2]).toBe('Crème brûlée')
    expect(session.rowOf(0).findings[0]).toMatchObject({ code: 'slug_not_ascii', suggestion: 'cafe-x' })
    expect(session.rowOf(1).cells[2]).toBe('Weiß')
  })

  test('a person’s choice wins', async () => {
    const session = await workshop.scan(
      Buffer.from([...Buffer.from('slug,url,title\nm,https://example.com/,'), 0x8d, 0xcc]),
      { encoding: 'macintosh' },
    )
    expect(session.sheet.encoding).toBe('macintosh')
    expect(session.rowOf(0).cells[2]).toBe('çÃ')
  })

  test('an encoding nobody knows is refused in a sentence', async () => {
    await expect(workshop.scan(table, { encoding: 'klingon' })).rejects.toThrow(
      '"klingon" is not an encoding',
    )
  })

  test('bytes that stop being UTF-8 far down are noticed', async () => {
    const rows = `menu,https://example.com/${'x'.repeat(200)},y\n`.repeat(8000)
    const bytes = Buffer.concat([
      Buffer.from(`slug,url,title\n${rows}`),
      Buffer.from('m,https://example.com/,caf\xe9\n', 'latin1'),
    ])
    await expect(workshop.scan(bytes)).rejects.toThrow(NotUtf8Error)
  })
})

describe('the dialect', () => {
  test.each([
    [',', 'slug,url\na,https://example.com/?x;y;z\n'],
    [
      ';',
      'slug;url;title\na;https://example.com/;one, two, three, four\nb;https://example.com/;five, six, seven, eight\n',
    ],
    ['\t', 'slug\turl\ttags\na\thttps://example.com/\tx,y\n'],
    ['|', 'slug|url\na|https://example.com/1,2,3\n'],
    [';', 'sep=;\nslug;url\na;https://example.com/,\n'],
  ])('%j is the delimiter', async (delimiter, text) => {
    const session = await workshop.scan(text)
    expect(session.sheet.delimiter).toBe(delimiter)
    expect(session.tally().counts.errors).toBe(0)
    expect(session.sheet.columns[0]).toMatchObject({ name: 'slug', field: 'slug' })
  })

  test.each(['\n', '\r\n', '\r'])('rows end with %j, and lines are counted by it', async (newline) => {
    const text = [
      'slug,url,notes',
      'a,https://example.com/,"one',
      'two"',
      '',
      'b,https://example.com/,',
    ].join(newline)
    const session = await workshop.scan(text)
    expect(session.tally().counts).toMatchObject({ rows: 2, errors: 0 })
    expect([0, 1].map((row) => session.rowOf(row).line)).toEqual([2, 5])
  })

  test('mostly bare line feeds after a first CRLF are rows all the same', async () => {
    const session = await workshop.scan(`slug,url\r\n${'a,https://example.com/\n'.repeat(5)}`)
    expect(session.tally().counts.rows).toBe(5)
  })
})

describe('the header row', () => {
  test('is found below a title and blank lines', async () => {
    const session = await workshop.scan(
      'Links of our agency,,\n,,\nExported,2026-11-01,\nSlug,Destination URL,Title\na,https://example.com/,x\n',
    )
    expect(session.sheet.header_row).toBe(4)
    expect(session.rowOf(0)).toMatchObject({ row: 1, line: 5, action: 'create' })
  })

  test('may be missing: columns are then known by what they hold', async () => {
    const session = await workshop.scan(
      'menu,https://example.com/1,Some title\nbar,https://example.com/2,Other\n',
    )
    expect(session.sheet).toMatchObject({ header_row: 0 })
    expect(session.sheet.columns.map(({ field }) => field)).toEqual(['slug', 'destination_url', null])
    expect(session.tally().counts).toMatchObject({ rows: 2, creates: 2 })
  })

  test('is not a row of data that happens to hold a known word', async () => {
    const session = await workshop.scan(
      'x,https://example.com/1,foo\ny,https://example.com/2,page\nz,https://example.com/3,title\n',
    )
    expect(session.sheet.header_row).toBe(0)
    expect(session.tally().counts).toMatchObject({ rows: 3, creates: 3 })
  })

  test('may have names nobody knows', async () => {
    const session = await workshop.scan('foo,bar\nx,https://example.com/1\n')
    expect(session.sheet.header_row).toBe(1)
    expect(session.sheet.columns.map(({ name, field }) => [name, field])).toEqual([
      ['foo', null],
      ['bar', 'destination_url'],
    ])
  })

  test('can be chosen', async () => {
    const session = await workshop.scan('a,b\nslug,url\nx,https://example.com/\n', { headerRow: 2 })
    expect(session.tally().counts.rows).toBe(1)
  })

  test.each([
    ['Short link,Destination URL,Tags,Clicks', ['slug', 'destination_url', 'tags', null]],
    ['key,url,domain', ['slug', 'destination_url', null]],
    ['bitlink,long_url,title,tags', ['slug', 'destination_url', 'title', 'tags']],
    ['slashtag,destination,title', ['slug', 'destination_url', 'title']],
    ['Created At,Title,Short URL,Long URL,Tags', [null, 'title', 'slug', 'destination_url', 'tags']],
    ['address,target,description', ['slug', 'destination_url', 'notes']],
    ['Slug,destinationUrl,utm_source,Expires At', ['slug', 'destination_url', null, 'expires_at']],
    ['Slgu,Destnation URL,Titel,Campain', ['slug', 'destination_url', 'title', 'campaign']],
    ['URL,Website,Link', ['destination_url', null, null]],
  ])('%s is understood', (line, fields) => {
    expect(matchHeaders(line.split(',')).map(({ field }) => field)).toEqual(fields)
  })

  test('what is wrong with it is said', async () => {
    const session = await workshop.scan('slug,slug,colour\na,b,c\n')
    expect(session.sheet.header_findings.map(({ code, column }) => [code, column])).toEqual([
      ['header_destination_missing', null],
      ['header_duplicate', 'slug'],
      ['header_unknown', 'colour'],
    ])
    expect(session.tally().counts.errors).toBe(1)
  })

  test('a mapping chosen by a person is laid over the guesses', async () => {
    const session = await workshop.scan('slug,url,target\na,nonsense,https://example.com/\n', {
      mapping: { '2': 'destination_url' },
    })
    expect(session.sheet.columns.map(({ field, matched_by }) => [field, matched_by])).toEqual([
      ['slug', 'exact'],
      [null, null],
      ['destination_url', 'person'],
    ])
    expect(session.tally().counts.errors).toBe(0)
  })
})

describe('broken rows', () => {
  test('are reported one by one and the rest is read', async () => {
    const text = `slug,url,title\na,https://example.com/,x,extra\nb,https://example.com/\nc,"https://example.com/,x\nd,https://example.com/,x,,\ne,https://example.com/,x\n`
    const session = await workshop.scan(text)
    const codes = [0, 1, 2, 3, 4].map((row) => session.rowOf(row).findings.map(({ code }) => code))
    expect(codes).toEqual([
      ['too_many_cells'],
      ['too_few_cells'],
      ['unclosed_quote', 'destination_not_https'].slice(0, 1).concat('destination_invalid'),
      [],
      [],
    ])
  })

  test('a line of megabytes is one bad row', async () => {
    const text = `slug,url\n${'x'.repeat(3_500_000)}\nb,https://example.com/\n${'"'.repeat(1)}${'y,'.repeat(1_200_000)}\nc,https://example.com/`
    const session = await workshop.scan(text)
    expect(session.tally().counts).toMatchObject({ rows: 4, errors: 2, creates: 2 })
    expect(session.rowOf(0).findings[0]?.code).toBe('row_too_long')
    expect(session.rowOf(3)).toMatchObject({ cells: ['c', 'https://example.com/'], line: 5 })
  })

  test('an unclosed quote at the start of a long file costs one row', async () => {
    const text = `slug,url\n"a,https://example.com/\n${Array.from({ length: 60_000 }, (_, k) => `s${k},https://example.com/${k}`).join('\n')}`
    const session = await workshop.scan(text)
    expect(session.tally().counts).toMatchObject({ rows: 60_001, errors: 1 })
    expect(session.rowOf(0).findings[0]?.code).toBe('unclosed_quote')
  })
})

describe('workbooks', () => {
  test('are read by their first sheet', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'Links',
          rows: [
            ['Slug', 'URL', 'Expires', 'Active', 'Title'],
            ['menu', 'https://example.com/', new Date(Date.UTC(2027, 0, 31)), true, 'a "b", c'],
            [],
            ['two', 'http://example.com/', null, false, 5],
          ],
        },
        { name: 'Other', rows: [['x']] },
      ],
    })
    const session = await workshop.scan(Buffer.from(bytes), { filename: 'links.xlsx' })
    expect(session.sheet.encoding).toBe('xlsx')
    expect(session.tally().counts).toMatchObject({ rows: 2, errors: 1 })
    expect(session.rowOf(0)).toMatchObject({
      cells: ['menu', 'https://example.com/', '2027-01-31', 'true', 'a "b", c'],
      action: 'create',
    })
    expect(session.rowOf(1)).toMatchObject({ row: 2, line: 4 })
    expect(existsSync(session.sheet.textPath)).toBe(true)
  })

  test('that would unpack to gigabytes are refused before they do', async () => {
    const bytes = Buffer.from(await writeXlsx({ sheets: [{ name: 'Links', rows: [['Slug', 'URL']] }] }))
    const entry = bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
    bytes.writeUInt32LE(3_000_000_000, entry + 24)
    await expect(workshop.scan(bytes, { filename: 'x.xlsx' })).rejects.toThrow('unpacks to more than 512 MB')
  })

  test.each([
    ['a broken one', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200, 7)]), 'cannot be read'],
    ['an old one', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'old Excel file'],
    ['a PDF', Buffer.from('%PDF-1.7'), 'PDF'],
    ['nothing', Buffer.alloc(0), 'empty'],
  ])('%s is refused in a sentence', async (_name, bytes, sentence) => {
    await expect(workshop.scan(bytes, { filename: 'x.xlsx' })).rejects.toThrow(sentence)
  })
})
