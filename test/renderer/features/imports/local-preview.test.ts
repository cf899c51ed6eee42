import { describe, expect, it } from 'vitest'
import { fileOf } from '#renderer/features/imports/drop-area.tsx'
import { decode, parsePreview, readLocalPreview } from '#renderer/features/imports/local-preview.ts'

describe('the first rows', () => {
  it('are read from the start of a file of any size', async () => {
    const line = 'slug,https://example.com/a,"Title, with a comma"\n'
    const file = new File(['slug,url,title\n', line.repeat(50_000)], 'links.csv')
    const preview = await readLocalPreview(file)
    expect(preview?.columns).toEqual(['slug', 'url', 'title'])
    expect(preview?.rows).toHaveLength(100)
    expect(preview?.rows[99]).toEqual(['slug', 'https://example.com/a', 'Title, with a comma'])
  })

  it('are not guessed for a workbook', async () => {
    expect(await readLocalPreview(new File(['PK'], 'links.xlsx'))).toBeUndefined()
  })

  it('keep their umlauts in the encodings that spreadsheets write', () => {
    const utf8 = new TextEncoder().encode('Köln')
    expect(decode(utf8, false)).toBe('Köln')
    expect(decode(utf8.subarray(0, 2), true)).toBe('K')
    expect(decode(new Uint8Array([0x4b, 0xf6, 0x6c, 0x6e]), false)).toBe('Köln')
    expect(decode(new Uint8Array([0xff, 0xfe, 0x4b, 0, 0xf6, 0]), false)).toBe('Kö')
  })

  it('are parted by the delimiter that the file uses', () => {
    expect(parsePreview('slug;url\na;https://example.com').columns).toEqual(['slug', 'url'])
  })
})

it('pasted cells become a file of tabs, pasted text one of commas, and nothing becomes none', () => {
  expect(fileOf('a\tb\n1\t2')?.name).toBe('pasted.tsv')
  expect(fileOf('a,b\n1,2')?.name).toBe('pasted.csv')
  expect(fileOf('  \n')).toBeUndefined()
})
