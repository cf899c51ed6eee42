import { drawSvg } from '#codes/qr/draw-svg.ts'
import { encodeQr } from '#codes/qr/encode-qr.ts'
import type { Layout, LayoutBlock, TextRow } from './layout.ts'

/** Of a monospaced letter, in parts of its height: the widest of the fonts named below. */
const letterWidth = 0.602

/**
 * A ticket as one page without script or anything from elsewhere: it reads well on a screen and prints on paper of
 * `widthMm`. Every text is a text and nothing else, whatever a guest wrote.
 */
export function ticketHtml(layout: Layout, widthMm: 58 | 80, title: string): string {
  const body = layout.blocks.map((block) => htmlOf(block)).join('\n')
  return `<!doctype html>
<html lang="${escapeHtml(layout.locale)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
@page { size: ${widthMm}mm ${heightMm(layout, widthMm)}mm; margin: 0 }
:root { color-scheme: only light; --paper: min(100vw - 2rem, ${widthMm * 7}px) }
body { box-sizing: content-box; margin: 1rem auto; width: var(--paper); background: #fff; color: #000; font: calc(var(--paper) / ${layout.columns} / ${letterWidth})/1.35 "Noto Sans Mono", "DejaVu Sans Mono", Menlo, "Courier New", monospace }
p { display: grid; grid-template-columns: repeat(${layout.columns}, minmax(0, 1fr)); margin: 0 }
p > span { unicode-bidi: isolate; white-space: pre }
p > .left { text-align: left } p > .center { text-align: center } p > .right { text-align: right }
.x2 { font-size: 2em } .x3 { font-size: 3em } .x4 { font-size: 4em }
.tall { line-height: 2.5 } .tall > span { transform: scaleY(1.8) }
.bold { font-weight: 700 }
.inverse { background: #000; color: #fff; print-color-adjust: exact }
hr { margin: .5em 0; border: 0; border-top: 1px dashed #000 } hr.double { border-top: 3px double #000 }
figure { margin: 1em 0; text-align: center } figure svg { width: 45% } figure img { max-width: 100%; max-height: var(--paper) }
@media print { :root { --paper: ${widthMm - 8}mm } body { margin: 3mm auto } }
</style>
</head>
<body>
${body}
</body>
</html>
`
}

/**
 * A page's height has to be said, or the browser takes A4. A little too much is white at the foot; too little would
 * be a second page. A logo is at most as high as the paper is wide.
 */
function heightMm({ blocks, columns }: Layout, widthMm: number): number {
  const paper = widthMm - 8
  const letter = paper / columns / letterWidth
  const heights = blocks.map((block) => {
    if (block.kind === 'text') return letter * block.width * (block.height > block.width ? 2.5 : 1.35)
    if (block.kind === 'feed') return letter * 1.35 * block.rows
    if (block.kind === 'rule') return letter + 1
    return 2 * letter + (block.kind === 'qr' ? paper * 0.45 : paper)
  })
  return Math.ceil(heights.reduce((sum, height) => sum + height, 0) * 1.03 + 10)
}

function htmlOf(block: LayoutBlock): string {
  switch (block.kind) {
    case 'text':
      return rowHtml(block)
    case 'rule':
      return `<hr${block.double ? ' class="double"' : ''}>`
    case 'logo':
      return `<figure><img alt="" src="data:image/png;base64,${escapeHtml(block.png)}"></figure>`
    case 'qr':
      return `<figure role="img" aria-label="${escapeHtml(block.text)}">${qrSvg(block.text)}</figure>`
    default:
      return '<br>'.repeat(block.rows)
  }
}

function rowHtml({ cells, width, height, bold, inverse }: TextRow): string {
  const names = [
    width > 1 ? `x${width}` : '',
    height > width ? 'tall' : '',
    bold ? 'bold' : '',
    inverse ? 'inverse' : '',
  ].filter(Boolean)
  const spans = cells.map(({ text, column, columns, align }) => {
    // Places are counted in letters of this row's own width; the grid counts the smallest.
    const from = column * width + 1
    const style = `grid-column:${from}/span ${columns * width}`
    return `<span dir="auto" class="${align}" style="${style}">${escapeHtml(text) || '&nbsp;'}</span>`
  })
  const classes = names.length > 0 ? ` class="${names.join(' ')}"` : ''
  return `<p${classes}>${spans.join('') || '&nbsp;'}</p>`
}

function qrSvg(text: string): string {
  return drawSvg(encodeQr(text, { level: 'M' }), { margin: 2 }).trim()
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
