import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Which rooms each room may import from, beside its own files (design: contract ← server, renderer, main, preload). */
const mayImport: Record<string, readonly string[]> = {
  contract: [],
  codes: [],
  server: ['contract', 'codes', 'migrations'],
  renderer: ['contract', 'codes'],
  preload: ['contract'],
  main: ['contract'],
  migrations: [],
}

/** Packages that belong to some rooms alone. */
const onlyIn: Record<string, readonly string[]> = {
  electron: ['main', 'preload'],
  'electron-updater': ['main'],
  react: ['renderer'],
  'react-dom': ['renderer'],
  'react-aria-components': ['renderer'],
  fastify: ['server'],
  kysely: ['server', 'migrations'],
  'better-sqlite3': ['server'],
  pg: ['server'],
}

interface Import {
  file: string
  room: string
  target: string
}

describe('the rooms', () => {
  const imports = Object.keys(mayImport).flatMap((room) => importsOf(room))

  it('are found, each with files that import something', () => {
    expect(imports.length).toBeGreaterThan(300)
    expect(new Set(imports.map(({ room }) => room))).toEqual(new Set(Object.keys(mayImport)))
  })

  it('import only from the rooms they may', () => {
    const crossings = imports.filter(({ target }) => target.startsWith('#'))
    const wrong = crossings.filter(({ room, target }) => {
      const other = target.slice(1).split('/', 1)[0] ?? ''
      return other === room || !mayImport[room]?.includes(other)
    })
    expect(wrong).toEqual([])
  })

  it('never reach another room by a relative path', () => {
    const escaping = imports.filter(({ file, room, target }) => {
      if (!target.startsWith('.')) return false
      return !join(file, '..', target).startsWith(folderOf(room))
    })
    expect(escaping).toEqual([])
  })

  it('keep packages where they belong', () => {
    const wrong = imports.filter(({ room, target }) => {
      const owners = onlyIn[packageOf(target)]
      return owners !== undefined && !owners.includes(room)
    })
    expect(wrong).toEqual([])
  })

  it('let the contract import typebox and the migrations kysely, nothing else', () => {
    const packages = (room: string) =>
      new Set(
        imports
          .filter((one) => one.room === room && !one.target.startsWith('.') && !one.target.startsWith('#'))
          .map(({ target }) => packageOf(target)),
      )
    expect(packages('contract')).toEqual(new Set(['typebox']))
    expect(packages('migrations')).toEqual(new Set(['kysely']))
  })

  it('keep features apart: none imports another, app.ts joins them', () => {
    const wrong = imports.filter(({ file, target }) => {
      const own = /^(.*\/features\/)([^/]+)\//.exec(file)
      if (!own || !target.startsWith('.')) return false
      const path = join(file, '..', target)
      return path.startsWith(own[1] ?? '') && !path.startsWith(`${own[1]}${own[2]}/`)
    })
    expect(wrong).toEqual([])
  })
})

function importsOf(room: string): Import[] {
  return filesIn(folderOf(room)).flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8')
    const statements = source.matchAll(
      /(?:^|\n)\s*(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g,
    )
    return [...statements].map((match) => ({ file, room, target: match[1] ?? match[2] ?? '' }))
  })
}

function folderOf(room: string): string {
  return room === 'migrations' ? 'migrations' : join('src', room)
}

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesIn(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

function packageOf(target: string): string {
  const [scope = '', name = ''] = target.split('/')
  return scope.startsWith('@') ? `${scope}/${name}` : scope
}
