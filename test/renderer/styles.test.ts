import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../../src/renderer', import.meta.url))
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

interface Sheet {
  /** Path of the style sheet under the page's folder. */
  sheet: string
  name: string
}

/** Every `styles.name` of every component, whatever the sheet is called there. */
function usedClasses(): Sheet[] {
  return files
    .filter((name) => name.endsWith('.tsx'))
    .flatMap((file) => {
      const text = read(file)
      const imports = [...text.matchAll(/import (\w+) from '(\.[^']+\.module\.css)'/g)]
      return imports.flatMap(([, local, path]) => {
        const sheet = join(dirname(file), path ?? '')
        const uses = [...text.matchAll(new RegExp(`\\b${local}\\.(?!module\\.css)(\\w+)`, 'g'))]
        return uses.map(([, name]) => ({ sheet, name: name ?? '' }))
      })
    })
}

/** Classes that are put together from the values of a type: `styles[tone]`. */
const computed = new Set([
  'primary',
  'plain',
  'quiet',
  'danger',
  'info',
  'warn',
  'bad',
  'good',
  'accent',
  'calm',
  'wrong',
  'caution',
])

describe('the style sheets', () => {
  const used = usedClasses()
  const sheets = files.filter((name) => name.endsWith('.module.css'))
  const classesOf = new Map(
    sheets.map((sheet) => [
      sheet,
      new Set([...read(sheet).matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name]) => name)),
    ]),
  )

  it('have every class that a component names', () => {
    expect(used.length).toBeGreaterThan(300)
    expect(used.filter(({ sheet, name }) => classesOf.get(sheet)?.has(name) !== true)).toEqual([])
  })

  it('have no class that no component names', () => {
    const names = new Set(used.map(({ sheet, name }) => `${sheet} ${name}`))
    const idle = [...classesOf].flatMap(([sheet, classes]) =>
      [...classes].filter((name) => !names.has(`${sheet} ${name}`) && !computed.has(name ?? '')),
    )
    expect(idle).toEqual([])
  })

  it('take colours from the tokens alone, but for the white that a code stands on', () => {
    const white = new Set(['#fff', '#444'])
    const own = sheets.flatMap((sheet) =>
      [...read(sheet).matchAll(/#[0-9a-f]{3,8}\b|\brgba?\(/gi)].map(([colour]) => colour),
    )
    expect(own.filter((colour) => !white.has(colour) && colour !== '#000')).toEqual([])
  })

  it('use no token that is not defined, in any theme', () => {
    const tokens = read(join('app', 'tokens.css'))
    const defined = new Set([...tokens.matchAll(/^\s+(--[\w-]+):/gm)].map(([, name]) => name))
    const local = new Set(
      sheets.flatMap((sheet) => [...read(sheet).matchAll(/^\s+(--[\w-]+):/gm)].map(([, name]) => name)),
    )
    const wanted = sheets.flatMap((sheet) =>
      [...read(sheet).matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name),
    )
    const given = new Set(['--trigger-width'])
    expect(wanted.filter((name) => !defined.has(name) && !local.has(name) && !given.has(name ?? ''))).toEqual(
      [],
    )
  })
})
