import { expect, it } from 'vitest'
import { roundTop } from '#renderer/ui/bar-chart.tsx'

it('the axis ends at a round number that no bar passes', () => {
  expect([0, 5, 6, 19, 21, 99, 101, 4_999].map(roundTop)).toEqual([5, 5, 10, 20, 50, 100, 200, 5_000])
})
