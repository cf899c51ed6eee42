import { encodeBars, standBars, widthOf } from './encode-symbols.ts'
import { fnc1Text, hriOf, type LabelElement } from './label-content.ts'
import { stack, type LabelDrawing } from './label-drawing.ts'

/** GS1 General Specifications, GS1-128 in general distribution: millimetres, and modules of quiet zone. */
const moduleMm = 0.495
const heightMm = 31.75
const widestMm = 165.1
const mostCharacters = 48
const quiet = 10

/** As few symbols as hold the elements, each no longer than GS1 allows: they stand under each other. */
export function drawGs1128(elements: readonly LabelElement[]): LabelDrawing {
  const parts = packElements(elements).map((group) => {
    const sbs = barsOf(group)
    const height = heightMm / moduleMm
    const block = {
      width: widthOf(sbs) + 2 * quiet,
      height,
      bars: standBars(sbs, quiet, height),
      texts: [],
    }
    return { block, lines: [group.map(hriOf).join(' ')] }
  })
  return stack(moduleMm, elements.map(hriOf).join(' '), parts)
}

function packElements(elements: readonly LabelElement[]): LabelElement[][] {
  const groups: LabelElement[][] = []
  for (const element of elements) {
    const last = groups.at(-1)
    if (last && fits([...last, element])) last.push(element)
    else groups.push([element])
  }
  return groups
}

function fits(group: readonly LabelElement[]): boolean {
  const characters = group.reduce((sum, { ai, value }) => sum + ai.length + value.length, group.length - 1)
  if (characters > mostCharacters) return false
  return (widthOf(barsOf(group)) + 2 * quiet) * moduleMm <= widestMm
}

function barsOf(group: readonly LabelElement[]): number[] {
  return encodeBars('code128', fnc1Text(group), 'parsefnc')
}
