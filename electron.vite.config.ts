import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { build, type Plugin } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const { version } = JSON.parse(readFileSync(here('./package.json'), 'utf8')) as { version: string }

/**
 * Everything is bundled but what cannot be: Electron itself, packages with binaries, pdfkit with its metrics beside
 * it, and drivers that are asked for only by those who have them. So the packed app carries a few of node_modules.
 */
const binaries = ['better-sqlite3', '@napi-rs/canvas', 'koffi', 'serialport', 'usb', 'pdfkit']
const external = [/^node:/, 'electron', ...binaries, 'pg-native']

/** Processes and threads of the built app; server, qrscan and the workers run under plain Node as well. */
const entries: Record<string, string> = {
  index: 'src/main/index.ts',
  server: 'src/server/start.ts',
  qrscan: 'src/server/cli/qrscan.ts',
  'read-worker': 'src/server/db/read-worker.ts',
  'import-worker': 'src/server/features/imports/engine/worker.ts',
  'bundle-worker': 'src/server/bundle-worker.ts',
}

/** electron-vite insists on `./`, which breaks at `/qr-links/{id}`: the page has addresses with more than one part. */
const absoluteBase = { name: 'absolute-base', config: () => ({ base: '/' }) }

/**
 * The guest page is a build of its own, into a folder of its own: it is for phones of the last few years rather than
 * for Electron's browser, shares no file with the app, and the guests' door serves its folder and nothing else.
 */
const guestPage: Plugin = {
  name: 'guest-page',
  apply: 'build',
  async closeBundle() {
    await build({
      configFile: false,
      root: here('./src/renderer'),
      plugins: [react()],
      logLevel: 'warn',
      build: {
        outDir: here('./out/guest'),
        emptyOutDir: true,
        target: ['chrome111', 'edge111', 'firefox115', 'safari16.4'],
        minify: true,
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rolldownOptions: { input: here('./src/renderer/guest.html') },
      },
    })
  },
}

/** The files that src/server/features/tickets/fonts.ts reads: of nine weights one, of Latin's two. */
const ticketFonts: Plugin = {
  name: 'ticket-fonts',
  apply: 'build',
  closeBundle() {
    for (const name of readdirSync(here('./node_modules/@fontsource'))) {
      const [from, to] = ['node_modules/@fontsource', 'out/fonts'].map((folder) =>
        here(`./${folder}/${name}/`),
      )
      const parts = Object.keys(JSON.parse(readFileSync(`${from}unicode.json`, 'utf8')) as object)
      mkdirSync(`${to}files`, { recursive: true })
      for (const weight of name === 'noto-sans' ? [400, 700] : [400]) {
        const files = parts.map(
          (part) => `files/${name}-${part.replaceAll(/[[\]]/g, '')}-${weight}-normal.woff2`,
        )
        for (const file of ['unicode.json', 'LICENSE', ...files]) copyFileSync(from + file, to + file)
      }
    }
  },
}

/** The reader of codes, whose own default is to fetch it from the network. */
const readerWasm: Plugin = {
  name: 'reader-wasm',
  apply: 'build',
  closeBundle() {
    mkdirSync(here('./out/wasm'), { recursive: true })
    const from = here('./node_modules/zxing-wasm/dist/reader/zxing_reader.wasm')
    copyFileSync(from, here('./out/wasm/zxing_reader.wasm'))
  },
}

export default defineConfig({
  main: {
    plugins: [ticketFonts, readerWasm],
    define: { __APP_VERSION__: JSON.stringify(version) },
    build: {
      outDir: 'out/main',
      target: 'node24',
      externalizeDeps: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, here(`./${path}`)])),
        external,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: here('./src/preload/index.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: here('./src/renderer'),
    plugins: [react(), absoluteBase, guestPage],
    build: {
      outDir: here('./out/renderer'),
      emptyOutDir: true,
      target: 'chrome148',
      minify: true,
      // A file written into the page as data: has no place in the map of files, and the policy allows few of them.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // The page is read from the disk beside it; splitting it would only add requests.
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: here('./src/renderer/index.html') },
    },
  },
})
