import { join } from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion, type FuseConfig } from '@electron/fuses'
import type { AfterPackContext } from 'electron-builder'

/**
 * The packed binary runs this app and nothing else: not as Node, not with options from the environment, not another
 * folder. A fuse that a later Electron adds stops the build until it is decided here.
 */
const fuses: FuseConfig = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // The page comes from app://, so file:// needs no powers.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
}

/** electron-builder calls it when the app lies in its folder and is not signed yet. */
export async function afterPack({
  appOutDir,
  packager,
  electronPlatformName,
}: AfterPackContext): Promise<void> {
  const { productFilename } = packager.appInfo
  const binary: Record<string, string> = {
    darwin: `${productFilename}.app`,
    win32: `${productFilename}.exe`,
    linux: 'qrscan-desktop',
  }
  const name = binary[electronPlatformName]
  if (name === undefined) throw new Error(`There are no fuses set for ${electronPlatformName}.`)
  await flipFuses(join(appOutDir, name), {
    ...fuses,
    resetAdHocDarwinSignature: electronPlatformName === 'darwin',
  })
}
