/**
 * GS1 validations a second on one core, good and bad codes mixed, beside bwip-js, which checks a bracketed element
 * string before it draws it; it takes neither scans nor unbracketed data, so both get bracketed strings in the second
 * pair. `node bench/gs1.ts [--rounds N]`
 */
import { parseArgs } from 'node:util'
import bwip from 'bwip-js/node'
import { makeGs1Engine, readBuiltInDictionary } from '#server/features/gs1/validate.ts'
import { median, report, takeTurns, type Result } from './measure.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '30' } } })
const validate = makeGs1Engine(readBuiltInDictionary())
const options = { today: '2026-11-23' }

const bracketed = [
  '(01)09506000134376(17)271231(10)ABC123(21)12345',
  '(01)09506000134376(3103)001250(3932)9781299',
  '(00)095060001343762018',
  '(01)09506000134377(10)ABC123',
  '(01)09506000134376(17)271331',
  '(10)ABC123',
  '(01)09506000134376(10)ABC\u00e9',
  '(01)09506000134376(89)NEW',
]
const mixed = [
  ...bracketed,
  ']d20109506000134376172712311',
  ']C10109506000134376\u001d10ABC123\u001d21XYZ',
  ']d201095060001343761727123110ABC123\u001d21XYZ',
  '^010950600013437610ABC123^21XYZ',
  'https://id.gs1.org/01/09506000134376/10/ABC123/21/12345?17=271231',
  'https://example.com/some/01/09506000134376?99=A&linkType=gs1:pip',
  'https://example.com/01/09506000134376/21/1/10/A',
  'https://id.gs1.org/CwFRJyWO3XQg',
  '09506000134376',
  '9506000134377',
  'not a code',
]

/** Codes a second, the median of rounds that each take every code many times. */
function perSecond(milliseconds: readonly number[], codes: number): number {
  return (codes * 1000) / median(milliseconds)
}

const times = 500
const run = (codes: readonly string[]) => (): void => {
  for (let time = 0; time < times; time++) for (const code of codes) validate(code, options)
}

/** Throws for what it calls wrong, which is its answer. */
function runPeer(): void {
  for (const text of bracketed) {
    try {
      bwip.raw({ bcid: 'gs1-128', text })
    } catch {
      continue
    }
  }
}

run(mixed)()
runPeer()
const all = await takeTurns({ mixed: run(mixed) }, Number(values.rounds))
const pair = await takeTurns({ ours: run(bracketed), peer: runPeer }, Number(values.rounds))
const ours = perSecond(all.mixed, mixed.length * times)
const [alike, peer] = [perSecond(pair.ours, bracketed.length * times), perSecond(pair.peer, bracketed.length)]
const results: Result[] = [
  {
    bench: 'gs1',
    what: 'validations of mixed input',
    ours,
    unit: '/s',
    target: '≥ 100,000/s',
    met: ours >= 100_000,
  },
  {
    bench: 'gs1',
    what: 'validations of element strings, and bwip-js',
    ours: alike,
    unit: '/s',
    peer,
    ratio: alike / peer,
    target: '≥ 10×',
    met: alike >= peer * 10,
  },
]
report(results)
