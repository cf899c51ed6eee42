import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { makeExport } from '#server/features/product-passports/exports/make-exports.ts'
import { exportParts, named } from './export-judges.ts'
import { sampleSubject } from './sample-subject.ts'

const folder = mkdtempSync(join(tmpdir(), 'qrscan-passport-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function has(tool: string): boolean {
  try {
    execFileSync('which', [tool], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

async function textOf(format: 'html' | 'csv', text?: string): Promise<string> {
  const file = await makeExport(sampleSubject(text), exportParts, { format })
  return file?.body.toString() ?? ''
}

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
    const file = await makeExport(sampleSubject(text), exportParts, { format: 'pdf' })
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
