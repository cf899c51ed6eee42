import { setFlagsFromString } from 'node:v8'

/**
 * V8 13.6, that of Node 24, can end the process when several threads exchange WebAssembly's import wrappers for faster
 * ones at once (SIGSEGV, or "Check failed: jit_page.has_value()" under WasmImportWrapperCache::Free). Codes are read
 * back by WebAssembly here and in the thread of bundles. A wrapper that never gets hot is never exchanged.
 */
export function calmWasmWrappers(): void {
  if (process.versions.v8.startsWith('13.6.')) setFlagsFromString('--wasm-wrapper-tiering-budget=1000000000')
}
