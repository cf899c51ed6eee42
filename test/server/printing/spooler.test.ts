import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findWindowsQueues } from '#server/features/printing/discovery-windows.ts'
import { spoolerTransport, statusOfQueue } from '#server/features/printing/transports/spooler.ts'
import { systemTransport } from '#server/features/printing/transports/system.ts'
import { NeedsPerson, NothingSent } from '#server/features/printing/transports/transport.ts'
import { bindWinspool, type WinspoolCalls } from '#server/features/printing/transports/winspool-binding.ts'
import { loadWinspool, winspoolOver } from '#server/features/printing/transports/winspool.ts'

const never = new AbortController().signal

/** The DLL, as far as we call it: one queue that keeps jobs until it is let go. */
function dll(more: Partial<WinspoolCalls> = {}) {
  const log: string[] = []
  const jobs: { name: string; status: number }[] = []
  const taken: Buffer[] = []
  const calls: WinspoolCalls = {
    openPrinter: (name) => ({ handle: { name }, code: name === 'Receipt' ? 0 : 1801 }),
    closePrinter: () => void log.push('close'),
    startDoc: (_handle, name) => ({ job: jobs.push({ name, status: 0x10 }), code: 0 }),
    write(_handle, bytes) {
      taken.push(Buffer.from(bytes))
      return { written: bytes.length, code: 0 }
    },
    endDoc: () => log.push('end') > 0,
    abort: () => void log.push('abort'),
    queues: () => ['Receipt', 'Microsoft Print to PDF', 'EPSON TM-T20III Receipt'],
    status: () => ({ bits: 0, code: 0 }),
    jobs: () => jobs,
    ...more,
  }
  const load = async () => winspoolOver(calls)
  return {
    log,
    jobs,
    load,
    bytes: () => Buffer.concat(taken),
    queue: (name = 'Receipt') => spoolerTransport(name, load),
  }
}

describe('a queue of Windows', () => {
  it('is fed raw, whole, and its job counts as sent once it has left the queue', async () => {
    const windows = dll()
    const long = Buffer.alloc(200_000, 'x')
    const printing = windows.queue().print(long, 'QRScan a 1', never)
    await expect.poll(() => windows.log).toEqual(['end', 'close', 'close'])
    expect([windows.bytes().equals(long), await windows.queue().find('QRScan a 1')]).toEqual([
      true,
      'waiting',
    ])
    windows.jobs[0]!.status = 0x80
    expect(await printing).toBe('sent')
    // Windows knows of delivery, not of paper.
    expect([await windows.queue().find('QRScan a 1'), await windows.queue().proof()]).toEqual([
      'unknown',
      'none',
    ])
  })

  it('that refuses before the first byte has nothing of it; one that breaks later leaves a doubt', async () => {
    await expect(dll().queue('Gone').print(Buffer.from('x'), 'n', never)).rejects.toThrow('no printer “Gone”')
    await expect(dll().queue('Gone').print(Buffer.from('x'), 'n', never)).rejects.toBeInstanceOf(NothingSent)
    const denied = dll({ startDoc: () => ({ job: 0, code: 5 }) })
    await expect(denied.queue().print(Buffer.from('x'), 'n', never)).rejects.toThrow('may not print')
    let pieces = 0
    const breaking = dll({
      write: (_handle, { length }) => ({ written: pieces++ === 0 ? length : 0, code: 31 }),
    })
    const doubt = breaking.queue().print(Buffer.alloc(100_000), 'n', never)
    await expect(doubt).rejects.not.toBeInstanceOf(NothingSent)
    expect(breaking.log).toEqual(['abort', 'close'])
  })

  it('says how it is', async () => {
    const states = [0, 0x10, 0x40_0000, 0x80, 0x8, 0x1, 0x400].map((bits) => statusOfQueue(bits).state)
    expect(states).toEqual(['ready', 'paper_out', 'cover_open', 'offline', 'error', 'error', 'printing'])
    expect(
      await dll({ status: () => ({ bits: 0x90, code: 0 }) })
        .queue()
        .status(),
    ).toMatchObject({ state: 'paper_out' })
    await expect(dll().queue('Gone').status()).rejects.toThrow('no printer')
  })

  it('is found by its name, without what prints onto files; elsewhere than on Windows there is none', async () => {
    const found = await findWindowsQueues(never, dll().load, 'win32')
    expect(found.map(({ address, profile }) => [address, profile])).toEqual([
      ['Receipt', null],
      ['EPSON TM-T20III Receipt', 'epson-tm-t20'],
    ])
    expect(await findWindowsQueues(never, dll().load, 'linux')).toEqual([])
  })

  it.skipIf(process.platform === 'win32')('asked for on another system is a sentence', async () => {
    await expect(loadWinspool()).rejects.toThrow('on Windows alone')
  })
})

/** The same functions as a library of this system: what koffi passes is seen where there is no Windows. */
const library = `
#include <stdint.h>
#include <stdio.h>
#include <string.h>
static uint32_t last = 0;
static int16_t same(const uint16_t *a, const char *b) { for (; *b; a++, b++) if (*a != (uint8_t)*b) return 0; return *a == 0; }
static uint16_t first[] = {'R', 0x20AC, 0}, second[] = {'P', 'D', 'F', 0}, name[64];
uint32_t GetLastError(void) { return last; }
int OpenPrinterW(const uint16_t *n, void **h, void *d) { if (d || !same(n, "Receipt")) { last = 1801; return 0; } *h = (void *)0x42; return 0x100; }
int ClosePrinter(void *h) { return h == (void *)0x42; }
typedef struct { const uint16_t *name, *file, *type; } doc;
uint32_t StartDocPrinterW(void *h, uint32_t level, doc *d) {
  if (h != (void *)0x42 || level != 1 || d->file || !same(d->type, "RAW")) { last = 87; return 0; }
  for (int i = 0; i < 63 && (name[i] = d->name[i]); i++); return 7; }
int WritePrinter(void *h, void *b, uint32_t n, uint32_t *w) { FILE *f = fopen("OUT", "ab"); *w = fwrite(b, 1, n, f); fclose(f); return 1; }
int EndDocPrinter(void *h) { return 1; }
int AbortPrinter(void *h) { return 1; }
int GetPrinterW(void *h, uint32_t level, void *b, uint32_t size, uint32_t *needed) { if (level != 6) return 0; *(uint32_t *)b = 0x10; return 1; }
typedef struct { uint16_t *printer, *server; uint32_t attributes; } info4;
int EnumPrintersW(uint32_t flags, void *n, uint32_t level, void *b, uint32_t size, uint32_t *needed, uint32_t *count) {
  *needed = 2 * sizeof(info4); if (size < *needed) { last = 122; return 0; }
  ((info4 *)b)[0].printer = first; ((info4 *)b)[1].printer = second; *count = 2; return flags == 6 && level == 4; }
typedef struct { uint32_t id; uint16_t *printer, *machine, *user, *document, *type, *text; uint32_t status, priority, position, total, printed; uint16_t at[8]; } info1;
int EnumJobsW(void *h, uint32_t from, uint32_t most, uint32_t level, void *b, uint32_t size, uint32_t *needed, uint32_t *count) {
  *needed = sizeof(info1); if (size < *needed) return 0;
  ((info1 *)b)->document = name; ((info1 *)b)->status = 0x80; *count = 1; return level == 1; }
`
const canCompile =
  process.platform === 'linux' && process.arch === 'x64' && spawnSync('cc', ['--version']).status === 0

describe.skipIf(!canCompile)(
  `what is declared of winspool${canCompile ? '' : ' (skipped: no C compiler)'}`,
  () => {
    it('passes names, documents, bytes and lists as winspool.h has them', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'qrscan-winspool-'))
      try {
        const [source, file, paper] = ['w.c', 'w.so', 'paper'].map((name) => join(folder, name)) as [
          string,
          string,
          string,
        ]
        writeFileSync(source, library.replace('OUT', paper))
        const built = spawnSync('cc', ['-shared', '-fPIC', '-o', file, source], { encoding: 'utf8' })
        expect([built.status, built.stderr]).toEqual([0, ''])
        // Twice, as every job loads it anew.
        await bindWinspool(file, file)
        const spooler = winspoolOver(await bindWinspool(file, file))
        expect(await spooler.queues()).toEqual(['R€', 'PDF'])
        expect(await spooler.status('Receipt')).toBe(0x10)
        await spooler.printRaw('Receipt', 'QRScan é 1', Buffer.alloc(70_000, 'x'))
        expect(readFileSync(paper).equals(Buffer.alloc(70_000, 'x'))).toBe(true)
        expect(await spooler.jobs('Receipt')).toEqual([{ name: 'QRScan é 1', status: 0x80 }])
        await expect(spooler.status('Gone')).rejects.toMatchObject({ code: 1801 })
      } finally {
        rmSync(folder, { recursive: true })
      }
    })
  },
)

/** The smallest PNG that has a size. */
function pngOf(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(33)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

describe('the print dialog', () => {
  it('gets the ticket as a page of its own size in which nothing can run', async () => {
    const pages: string[] = []
    const host = { printDocument: async (html: string) => void pages.push(html) }
    const dialog = systemTransport(host, () => pngOf(640, 800))
    expect(await dialog.print(Buffer.from('x'), 'n', never)).toBe('sent')
    expect(pages[0]).toContain('@page{size:80.00mm 100.00mm;margin:0}')
    expect(pages[0]).toContain("default-src 'none'")
    expect(pages[0]).not.toContain('<script')
  })

  it('that was closed is not shown again by itself', async () => {
    const host = { printDocument: () => Promise.reject(new Error('The print dialog was closed.')) }
    const dialog = systemTransport(host, () => pngOf(1, 1))
    await expect(dialog.print(Buffer.from('x'), 'n', never)).rejects.toBeInstanceOf(NeedsPerson)
  })
})
