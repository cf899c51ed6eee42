import { createCanvas, type Canvas, type SKRSContext2D } from '@napi-rs/canvas'
import bwip from 'bwip-js/node'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A code as goods carry it, with its place in a frame. */
export interface FilmedCode {
  kind: 'gs1datamatrix' | 'gs1-128' | 'ean13' | 'qrcode'
  text: string
  /** Width in pixels of the frame. */
  width: number
  x?: number
  y?: number
  /** Degrees. */
  turn?: number
}

export interface Scene {
  codes: readonly FilmedCode[]
  frames: number
}

const [filmWidth, filmHeight] = [1280, 720]

/** Writes a film that a browser takes for its camera: MJPEG, shown again and again. Answers its path. */
export function writeFilm(scenes: readonly Scene[]): string {
  const frames = scenes.flatMap((scene, at) =>
    Array.from({ length: scene.frames }, (_, frame) => drawScene(scene, at * 1000 + frame)),
  )
  const path = join(mkdtempSync(join(tmpdir(), 'qrscan-film-')), 'goods.mjpeg')
  writeFileSync(path, Buffer.concat(frames))
  return path
}

/** A picture of goods as a file. */
export function drawPicture(codes: readonly FilmedCode[]): Buffer {
  return drawFrame(codes, 0).toBuffer('image/png')
}

function drawScene({ codes }: Scene, seed: number): Buffer {
  return drawFrame(codes, seed).toBuffer('image/jpeg', 85)
}

/** A carton with a label, a little unsteady as hands are. */
function drawFrame(codes: readonly FilmedCode[], seed: number): Canvas {
  const canvas = createCanvas(filmWidth, filmHeight)
  const context = canvas.getContext('2d')
  context.fillStyle = '#9c7a52'
  context.fillRect(0, 0, filmWidth, filmHeight)
  for (let line = 0; line < 40; line += 1) {
    context.fillStyle = `rgba(60, 40, 20, ${((line * 37 + seed) % 10) / 60})`
    context.fillRect(0, line * 18, filmWidth, 9)
  }
  for (const code of codes) drawCode(context, code, seed)
  return canvas
}

function drawCode(context: SKRSContext2D, code: FilmedCode, seed: number): void {
  const { x = filmWidth / 2, y = filmHeight / 2, turn = 0, width } = code
  const shake = (seed % 7) - 3
  context.save()
  context.translate(x + shake, y - shake)
  context.rotate((turn * Math.PI) / 180)
  const modules = modulesOf(code)
  const unit = width / (modules[0]?.length ?? 1)
  const tall = modules.length === 1 ? width / 3 : width
  const unitY = tall / modules.length
  const quiet = unit * 11
  context.fillStyle = '#f4f1ea'
  context.fillRect(-width / 2 - quiet, -tall / 2 - quiet, width + 2 * quiet, tall + 2 * quiet)
  context.fillStyle = '#161616'
  for (const [row, bits] of modules.entries())
    for (const [column, bit] of bits.entries())
      if (bit === 1)
        context.fillRect(column * unit - width / 2, row * unitY - tall / 2, unit + 0.3, unitY + 0.3)
  context.restore()
}

/** Rows of modules; one row for bars. */
function modulesOf({ kind, text }: FilmedCode): number[][] {
  const [drawn] = bwip.raw({ bcid: kind, text }) as { pixs?: number[]; pixx?: number; sbs?: number[] }[]
  const { pixs, pixx, sbs } = drawn ?? {}
  if (sbs) return [sbs.flatMap((width, at) => Array<number>(width).fill(at % 2 === 0 ? 1 : 0))]
  if (!pixs || pixx === undefined) throw new Error(`bwip-js drew nothing for ${text}.`)
  return Array.from({ length: pixs.length / pixx }, (_, row) => pixs.slice(row * pixx, (row + 1) * pixx))
}
