import { createHash } from 'node:crypto'
import type { ShownPage } from './resolver-parts.ts'

const style = `
:root { color-scheme: light dark; --line: #8886; }
* { box-sizing: border-box; }
body { font: 18px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 0.25rem; }
p, dd { margin: 0 0 0.75rem; overflow-wrap: anywhere; }
.told { white-space: pre-line; }
dt { opacity: 0.75; font-size: 0.9rem; }
dd { margin-left: 0; }
a { color: inherit; }
.alert, .mock { border-radius: 0.5rem; padding: 0.75rem 1rem; margin: 0 0 1.25rem; font-weight: 600; }
.alert { background: #b3261e; color: #fff; }
.alert.possible { background: #ffcf4d; color: #221a00; }
.alert.outside, .mock { background: #0000; color: inherit; border: 2px solid var(--line); }
label { display: block; font-weight: 600; margin: 1rem 0 0.25rem; }
input { font: inherit; width: 100%; min-height: 3rem; padding: 0.5rem 0.75rem; }
.button { font: inherit; font-weight: 600; display: block; width: 100%; min-height: 3rem; margin: 1.25rem 0;
  padding: 0.75rem 1rem; border: 2px solid currentcolor; border-radius: 0.5rem; background: none; color: inherit;
  text-align: center; text-decoration: none; }
`
const styleHash = createHash('sha256').update(style).digest('base64')

/** Nothing but our own style and forms that come back to us. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Markup whose every text went through `markup`. */
export class Markup {
  readonly source: string

  constructor(source: string) {
    this.source = source
  }
}

type Part = string | number | Markup | readonly Markup[] | undefined

/** Markup around texts, which become no markup. */
export function markup(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const rest = parts.map((part, index) => sourceOf(part) + (literals[index + 1] ?? ''))
  return new Markup((literals[0] ?? '') + rest.join(''))
}

function sourceOf(part: Part): string {
  if (part === undefined) return ''
  if (part instanceof Markup) return part.source
  if (typeof part === 'object') return part.map(({ source }) => source).join('')
  return String(part).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Apart from the template, whose white space is laid out anew now and then: the policy knows these very bytes. */
const styleTag = new Markup(`<style>${style}</style>`)

/** A page for somebody's phone. */
export function framePage(title: string, body: Markup): ShownPage {
  const page = markup`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${title}</title>
      ${styleTag}
      <main>${body}</main>
    </html> `
  return { html: page.source, policy }
}

/** An address that may be linked to; undefined for what is none of the web. */
export function webAddress(text: string | null | undefined): string | undefined {
  const url = text ? URL.parse(text) : null
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined
}
