import type { CardLook } from '#contract/wallet-passes.ts'

/** The colours of a card that has none of its own. */
const plain = { background: '#ffffff', foreground: '#1a1a1a', label: '#595959' }
const colour = /^#[0-9a-fA-F]{6}$/

/** The whole stylesheet of a card. A colour that is none is left out, so that nothing else can stand here. */
export function cardStyle(look: CardLook): string {
  const pick = (name: keyof typeof plain): string =>
    colour.test(look[name] ?? '') ? look[name]! : plain[name]
  const [background, foreground, label] = [pick('background'), pick('foreground'), pick('label')]
  return (
    `*{box-sizing:border-box}` +
    `body{margin:0;padding:1rem;background:#eceff1;color:${foreground};font:1rem/1.45 system-ui,sans-serif}` +
    `main{max-width:26rem;margin:0 auto;padding:1.5rem;border-radius:1rem;background:${background};overflow-wrap:anywhere}` +
    `h1,h2{margin:0;font-size:1.5rem;line-height:1.2}p{margin:.25rem 0 0}` +
    `.logo{display:block;max-width:10rem;max-height:3.125rem;margin:0 0 1rem}` +
    `.photo{float:inline-end;width:5.625rem;height:5.625rem;margin-inline-start:1rem;border-radius:.5rem;object-fit:cover}` +
    `dl{margin:1rem 0;clear:both}dt{color:${label};font-size:.8125rem}dd{margin:0 0 .5rem;white-space:pre-line}` +
    `a{color:inherit}svg{display:block;width:100%;max-width:16rem;height:auto;margin:1rem auto}` +
    `.save{display:block;padding:.75rem;border:2px solid;border-radius:.5rem;text-align:center;font-weight:600}` +
    `details{margin-top:1rem;padding-top:.5rem;border-top:1px solid}summary{padding:.75rem 0;cursor:pointer}` +
    `@media print{body{padding:0;background:none}main{max-width:none;border-radius:0;print-color-adjust:exact}` +
    `.save{display:none}svg{max-width:5cm;break-inside:avoid}}`
  )
}
