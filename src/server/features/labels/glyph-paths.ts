import bwip from 'bwip-js/node'
import { ocrB, type DrawnText } from './label-drawing.ts'

/**
 * The outlines of a text in OCR-B, which GS1 advises, as an SVG path. Drawn and not set, so that a label looks the
 * same on every machine and printer; a character that the font lacks leaves its place empty.
 */
export function textPath({ text, x, y, size }: DrawnText): string {
  const font = bwip.FontLib.lookup('OCR-B')
  const advance = size * ocrB.advance
  let left = x - (text.length * advance) / 2
  let path = ''
  for (const character of text) {
    path += glyphPath(font, character.codePointAt(0) ?? 32, size, left, y)
    left += advance
  }
  return path
}

/** The library writes in a box a thousand high, upwards. */
const box = 1000

function glyphPath(font: number, code: number, size: number, left: number, base: number): string {
  const scale = size / box
  const at = (x: number, y: number): string => `${round(left + x * scale)} ${round(base - y * scale)}`
  let path = ''
  // Undefined for a character that draws nothing, whatever the type says.
  for (const part of bwip.FontLib.getpaths(font, code, box, box) ?? []) {
    if (part.type === 'M') path += `${path === '' ? '' : 'Z'}M${at(part.x, part.y)}`
    else if (part.type === 'L') path += `L${at(part.x, part.y)}`
    else if (part.type === 'Q') path += `Q${at(part.cx, part.cy)} ${at(part.x, part.y)}`
    else path += `C${at(part.cx1, part.cy1)} ${at(part.cx2, part.cy2)} ${at(part.x, part.y)}`
  }
  return path === '' ? '' : `${path}Z`
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
