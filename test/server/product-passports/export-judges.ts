import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { makeConfig } from '#server/entry-config.ts'
import { makeLabel, makeLabels } from '#server/features/labels/make-labels.ts'
import { createTicketPress } from '#server/features/tickets/encode-ticket.ts'
import { sharedFile } from '#test/support/shared-data.ts'

const press = createTicketPress(makeConfig({}).fontDir)
/** What exports are made with, as the app hands it over. */
export const exportParts = {
  makeLabel,
  makeLabels,
  familiesFor: (text: string, bold: boolean) => press.fonts.fontsFor(text, 'en', bold).families,
}
/** Texts that break out of something, or draw attention where they are printed. */
export const hostile = [
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

/** Each with a name short enough for a test's title. */
export const named = hostile.map((text): [string, string] => [JSON.stringify(text).slice(0, 50), text])

const formats = {
  // RFC 3986, appendix A: escapes are whole, brackets are a host's alone, one fragment.
  uri: /^[a-z][a-z0-9+.-]*:(?:\/\/(?:\[[0-9a-f:.]+\]|[\w.~%-]*)(?::\d+)?)?(?:[\w\-.~:/@!$&'()*+,;=]|%[0-9a-f]{2})*(?:\?(?:[\w\-.~:/?@!$&'()*+,;=]|%[0-9a-f]{2})*)?(?:#(?:[\w\-.~:/?@!$&'()*+,;=]|%[0-9a-f]{2})*)?$/i,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  float: true,
  binary: true,
} as const

/** A published schema of the shared data as a judge; undefined where it is absent. */
export function judge(file: string, is2020: boolean): ValidateFunction | undefined {
  const path = sharedFile(file)
  if (path === undefined) return undefined
  const options = { strict: false, allErrors: true, formats }
  const ajv = is2020 ? new Ajv2020(options) : new Ajv(options)
  return ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object)
}
