import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from './config.ts'

/** Written into the bundle by the build; from source it is the checkout. */
declare const __APP_VERSION__: string | undefined

export const appVersion = typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : 'from-source'

/**
 * Where things lie beside the running script. From source this file is `src/server/entry-config.ts`, in the build
 * it is a chunk of `out/main`.
 */
function placesOf(): Pick<Config, 'workers' | 'fontDir' | 'readerWasm'> & { pageDir: string } {
  const fromSource = import.meta.url.endsWith('.ts')
  const here = (path: string) => new URL(path, import.meta.url)
  if (fromSource) {
    return {
      workers: {
        read: here('./db/read-worker.ts'),
        import: here('./features/imports/engine/worker.ts'),
        bundle: here('./bundle-worker.ts'),
      },
      pageDir: fileURLToPath(here('../../out/renderer')),
      fontDir: fileURLToPath(here('../../node_modules/@fontsource')),
      readerWasm: fileURLToPath(here('../../node_modules/zxing-wasm/dist/reader/zxing_reader.wasm')),
    }
  }
  // The build may put this file into a folder of chunks below out/main.
  const base = existsSync(fileURLToPath(here('./read-worker.js'))) ? './' : '../'
  return {
    workers: {
      read: here(`${base}read-worker.js`),
      import: here(`${base}import-worker.js`),
      bundle: here(`${base}bundle-worker.js`),
    },
    pageDir: fileURLToPath(here(`${base}../renderer`)),
    fontDir: fileURLToPath(here(`${base}../fonts`)),
    readerWasm: fileURLToPath(here(`${base}../wasm/zxing_reader.wasm`)),
  }
}

export interface EntryOptions {
  dataDir?: string | undefined
  port?: number | undefined
  pageOrigin?: string | undefined
  databaseUrl?: string | undefined
}

export function makeConfig({ dataDir, port, pageOrigin, databaseUrl }: EntryOptions): Config {
  const { workers, pageDir, fontDir, readerWasm } = placesOf()
  return {
    dataDir: resolve(dataDir ?? defaultDataDir()),
    port,
    version: appVersion,
    pageDir: existsSync(join(pageDir, 'index.html')) ? pageDir : undefined,
    pageOrigin,
    databaseUrl,
    workers,
    fontDir,
    readerWasm,
  }
}

/** The user's own folder for application data, as each system has it. */
export function defaultDataDir(): string {
  const { env, platform } = process
  if (env['QRSCAN_DATA']) return env['QRSCAN_DATA']
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'QRScan')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'QRScan')
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'qrscan')
}
