import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPackage } from '@electron/asar'

/** What Electron's fuses hide in the binary, followed by version 1, their number and Electron's own defaults. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const electronDefaults = '101100011'

/**
 * A folder that electron-builder takes for a Linux build of Electron, so that packing can be tested where Electron
 * itself cannot be had: a program that does nothing, with the fuses in it, and the files that packing looks for.
 */
export async function makeDummyElectron(folder: string, version: string): Promise<string> {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'))
  const fuses = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, 9]), Buffer.from(electronDefaults)])
  writeFileSync(join(folder, 'electron'), Buffer.concat([readFileSync('/bin/true'), fuses]))
  chmodSync(join(folder, 'electron'), 0o755)
  writeFileSync(join(folder, 'version'), version)
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), 'test\n')
  for (const name of ['en-US', 'de']) writeFileSync(join(folder, 'locales', `${name}.pak`), 'test')
  const app = join(folder, 'default-app')
  mkdirSync(app)
  copyFileSync(new URL('../../package.json', import.meta.url), join(app, 'package.json'))
  await createPackage(app, join(folder, 'resources', 'default_app.asar'))
  return folder
}
