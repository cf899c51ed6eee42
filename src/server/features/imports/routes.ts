import type { Context } from '../../context.ts'
import type { Mount } from '../../http/mount.ts'

export function serveImports(_mount: Mount, _context: Context): void {}
