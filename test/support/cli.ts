import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const qrscanBin = fileURLToPath(new URL('../../bin/qrscan.mjs', import.meta.url))

export interface Outcome {
  code: number | null
  out: string
  err: string
}

/** Runs the command line as a user does, in a process of its own. */
export function runQrscan(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [qrscanBin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

export interface ServedProcess {
  url: string
  launchUrl: string
  pid: number
  /** Ends it as Ctrl+C does and gives its exit code. */
  stop: () => Promise<number | null>
  kill: () => void
}

/** `qrscan serve --json` and its ready line. */
export function serveQrscan(dataDir: string, ...args: string[]): Promise<ServedProcess> {
  const words = [qrscanBin, 'serve', '--data', dataDir, '--port', '0', '--no-open', '--json', ...args]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return new Promise((resolve, reject) => {
    let out = ''
    let err = ''
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    void ended.then((code) => reject(new Error(`serve ended with ${code}: ${err}`)))
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      if (!out.includes('\n')) return
      const line = JSON.parse(out.split('\n', 1)[0] ?? '') as { url: string; launch_url: string; pid: number }
      resolve({
        url: line.url,
        launchUrl: line.launch_url,
        pid: line.pid,
        stop: () => {
          child.kill('SIGINT')
          return ended
        },
        kill: () => child.kill('SIGKILL'),
      })
    })
  })
}
