import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const programs = ['unshare', 'ip', 'dbus-daemon', 'avahi-daemon', 'ippeveprinter', 'cupsd', 'lpadmin']

/** Why printers of others cannot run here; undefined when they can. They need a network of their own, so Linux and root. */
export function missingForPeers(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'needs Linux and root for a network of its own'
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`
  const missing = programs.filter((name) => !path.split(':').some((folder) => existsSync(join(folder, name))))
  if (missing.length > 0) return `${missing.join(', ')} is not installed`
  const tried = spawnSync('unshare', ['-n', '--mount', '--pid', '--fork', 'true'])
  return tried.status === 0 ? undefined : 'this system allows no network of its own'
}

/**
 * Runs a script in a network and a process tree of its own, in which nothing but the loopback interface is there, and
 * gives back the JSON that it writes to standard output.
 */
export function runAmongPeers(script: string): unknown {
  const inside = ['-n', '--mount', '--pid', '--fork', '--kill-child', process.execPath, script]
  const { status, stdout, stderr } = spawnSync('unshare', inside, { encoding: 'utf8', timeout: 90_000 })
  if (status !== 0) throw new Error(`The peers ended with ${String(status)}: ${stderr.slice(-3000)}`)
  return JSON.parse(stdout) as unknown
}

/** Programs of others that print, all on the loopback interface of a network of our own. */
export class PrintingPeers {
  readonly folder = mkdtempSync(join(tmpdir(), 'qrscan-peers-'))
  readonly #running: ChildProcess[] = []
  readonly #servers: Server[] = []

  /** Call once, inside `runAmongPeers` only: it mounts over /run. */
  async start(): Promise<void> {
    run('ip', 'link', 'set', 'lo', 'up')
    run('ip', 'link', 'set', 'lo', 'multicast', 'on')
    run('ip', 'route', 'add', '224.0.0.0/4', 'dev', 'lo')
    run('mount', '-t', 'tmpfs', 'tmpfs', '/run')
    for (const name of ['dbus', 'avahi-daemon', 'cups']) mkdirSync(join('/run', name), { recursive: true })
    this.#start(
      'dbus-daemon',
      `--config-file=${this.#write('dbus.conf', dbusConfig)}`,
      '--nopidfile',
      '--nofork',
    )
    await until(() => existsSync('/run/dbus/system_bus_socket'))
    const avahi = this.#write('avahi.conf', avahiConfig)
    this.#start('avahi-daemon', '-f', avahi, '--no-drop-root', '--no-chroot', '--no-rlimits')
    await until(() => existsSync('/run/avahi-daemon/socket'))
  }

  /** An IPP Everywhere printer by the makers of CUPS. Its paper is files in the folder that is returned. */
  async startIppPrinter(
    name: string,
    port: number,
    { command = '#!/bin/sh\nexit 0\n', takes = 'application/pdf,image/pwg-raster' } = {},
  ): Promise<string> {
    const spool = join(this.folder, `paper-${port}`)
    mkdirSync(spool)
    const keeps =
      command === undefined ? ['-k'] : ['-k', '-c', this.#write(`command-${port}`, command, 0o755)]
    const formats = ['-f', takes]
    this.#start('ippeveprinter', '-p', String(port), '-d', spool, ...keeps, ...formats, name)
    await untilListening(port)
    return spool
  }

  /** CUPS with queues: each a name and a device, without a driver. */
  async startCups(queues: Readonly<Record<string, string>>): Promise<void> {
    const root = join(this.folder, 'cups')
    // Its filters and backends run as another user.
    chmodSync(this.folder, 0o755)
    for (const part of ['conf', 'spool', 'cache', 'log', 'tmp'])
      mkdirSync(join(root, part), { recursive: true })
    const files = this.#write('cups-files.conf', cupsFiles(root))
    const config = this.#write('cupsd.conf', cupsConfig)
    this.#start('cupsd', '-f', '-c', config, '-s', files)
    await untilListening(631)
    for (const [name, device] of Object.entries(queues)) {
      run('lpadmin', '-h', 'localhost:631', '-p', name, '-v', device, '-E')
    }
  }

  /** A port that keeps what is sent to it, as a printer of the network would print it. */
  async startSink(port: number): Promise<() => Buffer> {
    let taken = Buffer.alloc(0)
    const server = createServer((socket) => {
      socket.on('data', (bytes: Buffer) => (taken = Buffer.concat([taken, bytes])))
      socket.on('error', () => socket.destroy())
    })
    this.#servers.push(server)
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    return () => taken
  }

  close(): void {
    for (const child of this.#running) child.kill('SIGKILL')
    for (const server of this.#servers) server.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  #start(command: string, ...args: string[]): void {
    const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`
    this.#running.push(spawn(command, args, { stdio: 'ignore', env: { ...process.env, PATH: path } }))
  }

  #write(name: string, text: string, mode = 0o644): string {
    const file = join(this.folder, name)
    writeFileSync(file, text, { mode })
    return file
  }
}

/** What a printer of files has printed. */
export function paperIn(folder: string): Buffer[] {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
  // Its command writes a file too, with nothing in it.
  return files.filter(({ length }) => length > 0)
}

function run(command: string, ...args: string[]): void {
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`
  const { status, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
}

export async function until(isSo: () => boolean | Promise<boolean>, wait = 10_000): Promise<void> {
  const end = Date.now() + wait
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`It did not come about: ${isSo.toString()}`)
    await sleep(50)
  }
}

async function untilListening(port: number): Promise<void> {
  await until(() =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    ),
  )
}

const dbusConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path=/run/dbus/system_bus_socket</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/>
</policy></busconfig>`
const avahiConfig = '[server]\nallow-interfaces=lo\nuse-ipv4=yes\nuse-ipv6=no\n'
const cupsConfig = `Listen 127.0.0.1:631
Browsing Off
DefaultAuthType None
WebInterface No
LogLevel warn
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
`
function cupsFiles(root: string): string {
  return `ServerRoot ${root}/conf
RequestRoot ${root}/spool
CacheDir ${root}/cache
StateDir ${root}/conf
TempDir ${root}/tmp
AccessLog ${root}/log/access
ErrorLog ${root}/log/error
PageLog ${root}/log/page
FileDevice Yes
User lp
Group lp
SystemGroup root
`
}
