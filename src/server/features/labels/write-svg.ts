import { textPath } from './glyph-paths.ts'
import type { LabelDrawing, Rectangle } from './label-drawing.ts'

/** A label as SVG, in millimetres: one path of bars, one of letters, and the words in its title. */
export function writeSvg({ moduleMm, width, height, bars, texts, title }: LabelDrawing): string {
  const mm = (modules: number): string => `${Math.round(modules * moduleMm * 1000) / 1000}mm`
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${mm(width)}" height="${mm(height)}" ` +
    `viewBox="0 0 ${width} ${height}" role="img"><title>${escapeXml(title)}</title>` +
    `<rect width="${width}" height="${height}" fill="#fff"/>` +
    `<path shape-rendering="crispEdges" d="${bars.map(barPath).join('')}"/>` +
    `<path d="${texts.map(textPath).join('')}"/></svg>\n`
  )
}

function barPath({ x, y, width, height }: Rectangle): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
