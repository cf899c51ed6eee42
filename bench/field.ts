/**
 * From a camera's frame of 720p to the verdict on the page, over 200,000 criteria: real Chromium with a film of real
 * barcodes for a camera, over the built app. The page takes the time itself, from the frame's own clock.
 * `node bench/field.ts [--criteria N] [--seconds N]`
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { changeSettings } from '#contract/device.ts'
import { writeFilm } from '#test/page/goods-film.ts'
import { clientOfPage, openPage } from '#test/page/open-page.ts'
import { median, quantile, report } from './measure.ts'
import { gtinAt, seedRecalls } from './seed-recalls.ts'

const { values } = parseArgs({
  options: {
    criteria: { type: 'string', default: '200000' },
    seconds: { type: 'string', default: '60' },
  },
})
const nothing = { codes: [], frames: 14 }
const matrix = (gtin: string, lot: string) =>
  ({ kind: 'gs1datamatrix', text: `(01)${gtin}(10)${lot}`, width: 160, turn: 14 }) as const
const film = writeFilm([
  nothing,
  { codes: [matrix(gtinAt(7), 'L1')], frames: 14 },
  nothing,
  { codes: [matrix(gtinAt(1234), 'X9')], frames: 14 },
  nothing,
  { codes: [{ kind: 'ean13', text: gtinAt(777).slice(1), width: 380 }], frames: 14 },
])
await using open = await openPage({ reducedMotion: 'reduce' }, [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
])
const { page } = open
await page.getByRole('heading', { level: 1 }).waitFor()
const client = await clientOfPage(open)
await client.call(changeSettings, { body: { throttles: { 'user-api': 1_000_000 } } })
await seedRecalls(client, Number(values.criteria))
await page.goto(new URL('/field', page.url()).href)
await page.getByRole('button', { name: 'Scan with the camera' }).click()
await sleep(Number(values.seconds) * 1000)
const times = await page.evaluate(() =>
  performance.getEntriesByName('field.frame-to-verdict').map(({ duration }) => duration),
)
if (times.length < 10) throw new Error(`Only ${times.length} codes were read.`)
const what = `camera frame to verdict over ${values.criteria} criteria`
const line = (name: string, ours: number) => ({
  bench: 'field',
  what: `${what}, ${name} of ${times.length}`,
  ours,
  unit: 'ms',
  target: '< 150 ms',
  met: ours < 150,
})
report([line('median', median(times)), line('p90', quantile(times, 0.9))])
