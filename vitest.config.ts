import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // Two cores: more workers than that only make the timing of real sockets and processes noisy.
    maxWorkers: 2,
    // Worker threads run from TypeScript here, and Node strips types with WebAssembly. V8 13.6 can end the process when
    // several threads exchange its import wrappers for faster ones at once (seen as SIGSEGV and as "Check failed:
    // jit_page.has_value()" under WasmImportWrapperCache::Free); a wrapper that never gets hot is never exchanged.
    execArgv: ['--wasm-wrapper-tiering-budget=1000000000'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: ['default'],
  },
})
