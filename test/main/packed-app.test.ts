import { execFile, fork } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { extractAll, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDummyElectron } from '#test/support/dummy-electron.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const builder = join(root, 'node_modules/electron-builder/cli.js')
const isBuilt = existsSync(join(root, 'out/main/server.js'))
const run = promisify(execFile)

describe.skipIf(!isBuilt || process.platform !== 'linux')(
  'the packed app (needs `npm run build`, Linux)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'qrscan-packed-'))
    const unpacked = join(folder, 'dist/linux-unpacked')
    const archive = join(unpacked, 'resources/app.asar')

    beforeAll(async () => {
      const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
        devDependencies: { electron: string }
      }
      const electron = await makeDummyElectron(join(folder, 'electron'), devDependencies.electron)
      await run(process.execPath, [builder, '--linux', '--dir', ...settings({ electron })], { cwd: root })
    }, 120_000)

    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    function settings({ electron }: { electron: string }): string[] {
      return [`-c.electronDist=${electron}`, `-c.directories.output=${join(folder, 'dist')}`]
    }

    it('runs nothing but the app: every fuse is as decided', async () => {
      const wire = await getCurrentFuseWire(join(unpacked, 'qrscan-desktop'))
      const on = [
        FuseV1Options.EnableCookieEncryption,
        FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
        FuseV1Options.OnlyLoadAppFromAsar,
        FuseV1Options.WasmTrapHandlers,
      ]
      const fuses = Object.values(FuseV1Options).filter((fuse) => typeof fuse === 'number')
      const found = fuses.map((fuse) => [FuseV1Options[fuse], wire[fuse]])
      const wanted = fuses.map((fuse) => [
        FuseV1Options[fuse],
        on.includes(fuse) ? FuseState.ENABLE : FuseState.DISABLE,
      ])
      expect(fuses).toHaveLength(9)
      expect(found).toEqual(wanted)
    })

    it('carries the build and what it needs to run, and no source, test or setting', () => {
      const files = listPackage(archive, { isPack: false })
      const tops = new Set(files.map((path) => path.split('/')[1]))
      // Where a package lies the builder chooses anew, so they are told by name.
      const packages = files.map((path) => /.*\/node_modules\/((?:@[^/]+\/)?[^/@]+)/.exec(path)?.[1])
      expect(tops).toEqual(new Set(['node_modules', 'out', 'package.json', 'resources']))
      expect([...new Set(packages)].filter((name) => name !== undefined).toSorted()).toEqual(packagesToRun())
      expect(
        files.filter((path) => /\.(gyp|cc|cpp|h)$|\/prebuilds\/(win|darwin|android)/.test(path)),
      ).toEqual([])
    })

    it('keeps the binaries of this system alone, outside the archive where they can be loaded', () => {
      const modules = join(unpacked, 'resources/app.asar.unpacked/node_modules')
      const binaries = (of: string): string[] => readdirSync(join(modules, of, 'prebuilds')).toSorted()
      expect(binaries('better-sqlite3')).toEqual(['linux-arm64.node', 'linux-x64.node'])
      expect(binaries('@serialport/bindings-cpp')).toEqual(['linux-arm', 'linux-arm64', 'linux-x64'])
    })

    it('holds a server that starts under plain Node', async () => {
      const app = join(folder, 'extracted')
      extractAll(archive, app)
      const child = fork(join(app, 'out/main/server.js'), [], {
        env: { QRSCAN_DATA: join(folder, 'data') },
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      })
      const ended = new Promise((resolve) => child.once('exit', resolve))
      const line = await new Promise<string>((resolve) =>
        child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString())),
      )
      const { event, url } = JSON.parse(line) as { event: string; url: string }
      expect(event).toBe('ready')
      expect((await fetch(`${url}/api/openapi.json`)).status).toBe(200)
      child.kill('SIGTERM')
      expect(await ended).toBe(0)
    })
  },
)

describe('the packing settings', () => {
  it('fit the schema of electron-builder, which refuses a key it does not know', async () => {
    const dummy = mkdtempSync(join(tmpdir(), 'qrscan-schema-'))
    const packing = run(
      process.execPath,
      [builder, '--linux', '--dir', '-c.noSuchKey=1', `-c.directories.output=${dummy}`],
      {
        cwd: root,
      },
    )
    const failure = await packing.then(
      () => undefined,
      (error: unknown) => error as { stdout: string; stderr: string },
    )
    expect(`${failure?.stdout} ${failure?.stderr}`).toMatch(/noSuchKey/)
    rmSync(dummy, { recursive: true, force: true })
  })

  it('name a place for updates in no build that was not told one', () => {
    expect(readFileSync(join(root, 'electron-builder.yml'), 'utf8')).toMatch(/^publish: null$/m)
  })
})

/** Every package that the lock file does not call a developer's, as far as it is installed for this system. */
function packagesToRun(): string[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>
  }
  const names = Object.entries(lock.packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true)
    .filter(([path]) => existsSync(join(root, path)))
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))
  return [...new Set(names)].filter((name) => !/^@types\/|^node-addon-api$/.test(name)).toSorted()
}
