import { ensureBuild } from '../scripts/ensure-build.ts'

/** The threads as users run them, not from TypeScript: that is translated in every thread that starts. */
export function builtWorkers(): { read: URL; import: URL; bundle: URL } {
  ensureBuild()
  const at = (name: string) => new URL(`../out/main/${name}-worker.js`, import.meta.url)
  return { read: at('read'), import: at('import'), bundle: at('bundle') }
}
