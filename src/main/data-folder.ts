import { join } from 'node:path'

export interface Surroundings {
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
  home: string
}

/** The same folder the command line uses, so that both see the same links (a test compares them). */
export function dataFolder({ platform, env, home }: Surroundings): string {
  if (env['QRSCAN_DATA']) return env['QRSCAN_DATA']
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'QRScan')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'QRScan')
  return join(env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'qrscan')
}

/** What the server needs to find its folders and speak the user's time zone; nothing else is handed on. */
const handedOn = [
  'HOME',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'SYSTEMROOT',
  'TEMP',
  'TMP',
  'TMPDIR',
  'TZ',
  'LANG',
]

/** A small environment for the server process: no NODE_OPTIONS, no proxies, no secrets of other programs. */
export function serverEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    handedOn.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
  ) as Record<string, string>
}
