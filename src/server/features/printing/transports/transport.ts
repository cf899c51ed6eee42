import type { Printer } from '#contract/printers.ts'

/** How a printer is, with a sentence for a person that says what to do; no sentence when nothing is. */
export interface PrinterStatus {
  state: Printer['state']
  reason: string | null
}

/** An open way to a printer: bytes there, and bytes back where the printer talks. */
export interface Line {
  /** Resolves when the machine has taken the bytes; rejects when the line broke. */
  write(bytes: Buffer): Promise<void>
  /** Bytes from the printer, as they come. One listener. */
  onData(listener: (bytes: Buffer) => void): void
  /** Says that no more comes and waits, at most `wait` milliseconds, until the other side has closed; whether it did. */
  finish(wait: number): Promise<boolean>
  /** Rejects when the line breaks; never resolves. */
  readonly broken: Promise<never>
  destroy(): void
}

/** A printer that takes bytes as they are: sockets, cables. */
export interface LineTransport {
  kind: 'line'
  /** Rejects with a sentence for a person. */
  open(signal: AbortSignal): Promise<Line>
}

/** A printer that takes whole jobs and remembers them by name: IPP, a system's spooler. */
export interface JobTransport {
  kind: 'job'
  /** Hands the job over. `printed` once paper is out, `sent` where nobody can tell. */
  print(bytes: Buffer, name: string, signal: AbortSignal): Promise<'printed' | 'sent'>
  /** What became of a job that was handed over before a crash. */
  find(name: string): Promise<'printed' | 'waiting' | 'absent' | 'unknown'>
  status(): Promise<PrinterStatus>
  /** What it can prove, asked of it. */
  proof(): Promise<Printer['proof']>
}

export type Transport = LineTransport | JobTransport

/** Thrown by transports: `message` is for a person, `state` is what the printer is then. */
export class PrinterProblem extends Error {
  readonly state: Printer['state']

  constructor(message: string, state: Printer['state'] = 'offline') {
    super(message)
    this.state = state
  }
}

/** The printer took nothing: it was not reached, or it refused. It may be tried again without a mark. */
export class NothingSent extends PrinterProblem {}

/** Only a person can go on from here; trying again by itself would be a nuisance (a dialog that was closed). */
export class NeedsPerson extends NothingSent {}
