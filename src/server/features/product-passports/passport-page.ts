import { createHash } from 'node:crypto'
import type { ProductPassport } from '#contract/product-passports.ts'
import { webUriOf } from './exports/uris.ts'
import { passportSheet, type SheetRow, type SheetSection } from './exports/passport-sheet.ts'

/** The classes `alert`, `possible`, `outside`, `mock` and `button` are for the banner that the resolver puts on top. */
const style = `
:root { color-scheme: light dark; --line: #8886; }
* { box-sizing: border-box; }
body { font: 17px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 1.5rem; }
header { display: flex; gap: 1.5rem; align-items: flex-start; justify-content: space-between; }
header div { min-width: 0; }
header img { width: 7.5rem; background: #fff; padding: 0.25rem; border-radius: 0.5rem; flex: none; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 0; break-after: avoid; }
header p { margin: 0.25rem 0 0; opacity: 0.8; overflow-wrap: anywhere; }
dl { margin: 0.5rem 0 0; }
dl div { display: grid; grid-template-columns: minmax(8rem, 1fr) 2fr; gap: 0 1rem; padding: 0.4rem 0;
  border-top: 1px solid var(--line); break-inside: avoid; }
dt { opacity: 0.8; overflow-wrap: anywhere; }
dd { margin: 0; white-space: pre-line; overflow-wrap: anywhere; }
a { color: inherit; }
.alert, .mock { border-radius: 0.5rem; padding: 0.75rem 1rem; margin: 0 0 1.25rem; font-weight: 600; }
.alert { background: #b3261e; color: #fff; print-color-adjust: exact; }
.alert.possible { background: #ffcf4d; color: #221a00; }
.alert.outside, .mock { background: #0000; color: inherit; border: 2px solid var(--line); }
.button { display: block; min-height: 3rem; margin: 1.25rem 0; padding: 0.75rem 1rem; font-weight: 600;
  border: 2px solid currentcolor; border-radius: 0.5rem; text-align: center; text-decoration: none; }
@media (max-width: 30rem) { dl div { grid-template-columns: 1fr; } }
@page { margin: 15mm; }
@media print { :root { color-scheme: only light; } body { max-width: none; padding: 0; font-size: 11pt; } }
`
const styleHash = createHash('sha256').update(style).digest('base64')

/** Our own style and our own pictures inside the page; no script, and nothing that is fetched. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

interface PageParts {
  /** Ready markup to put before everything else. */
  banner?: string
  /** An SVG of the goods' own code. */
  code?: Buffer
}

/**
 * The page of a passport as guests see it: one file that opens offline and prints on A4, without a script, and only
 * with what everybody may see. `policy` is its Content-Security-Policy, for who serves it.
 */
export function passportPage(
  passport: ProductPassport,
  { banner = '', code }: PageParts = {},
): { html: string; policy: string } {
  const sections = passportSheet(passport, 'public')
  const { name, core } = passport
  const picture = code
    ? `<img alt="QR code of ${escapeHtml(passport.digital_link)}" src="data:image/svg+xml;base64,${code.toString('base64')}">`
    : ''
  const maker = [core.brand, core.model].filter(Boolean).join(' · ')
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policyInside)}">
<title>${escapeHtml(name)}</title>
<style>${style}</style>
</head>
<body>
${banner}<main>
<header><div><h1>${escapeHtml(name)}</h1><p>${escapeHtml(maker || 'Product passport')}</p></div>${picture}</header>
${sections.map(sectionHtml).join('\n')}
</main>
</body>
</html>
`
  return { html, policy }
}

/** What a page may say of itself: browsers take `frame-ancestors` from the header alone. */
const policyInside = policy.replace(/; frame-ancestors .*$/, '')

function sectionHtml({ title, rows }: SheetSection): string {
  return `<section>
<h2>${escapeHtml(title)}</h2>
<dl>
${rows.map(rowHtml).join('\n')}
</dl>
</section>`
}

function rowHtml({ label, value, unit, href }: SheetRow): string {
  const uri = webUriOf(href)
  const text = escapeHtml(unit === '' ? value : `${value} ${unit}`)
  const shown = uri ? `<a href="${escapeHtml(uri)}" rel="noreferrer">${text}</a>` : text
  return `<div><dt>${escapeHtml(label)}</dt><dd>${shown}</dd></div>`
}

/** Text that a page shows and never runs. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
