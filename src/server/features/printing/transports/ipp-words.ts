import { groups, type IppResponse } from './ipp-encoding.ts'
import { valuesOf } from './ipp-request.ts'
import type { PrinterStatus } from './transport.ts'

type Reason = [keyword: string, status: PrinterStatus]

/** `printer-state-reasons` (RFC 8011, section 5.4.12; PWG 5100.9), the worst first. */
const reasons: readonly Reason[] = [
  ['cover-open', { state: 'cover_open', reason: 'Its cover is open. Close it; printing goes on by itself.' }],
  [
    'door-open',
    { state: 'cover_open', reason: 'A door of it is open. Close it; printing goes on by itself.' },
  ],
  [
    'interlock-open',
    { state: 'cover_open', reason: 'A door of it is open. Close it; printing goes on by itself.' },
  ],
  [
    'media-jam',
    { state: 'error', reason: 'Paper is jammed in it. Take it out; printing goes on by itself.' },
  ],
  [
    'media-empty',
    { state: 'paper_out', reason: 'It is out of paper. Put paper in; printing goes on by itself.' },
  ],
  [
    'media-needed',
    { state: 'paper_out', reason: 'It wants other paper than it has. Put it in, or press OK at it.' },
  ],
  ['input-tray-missing', { state: 'paper_out', reason: 'Its paper tray is missing. Push it in.' }],
  ['toner-empty', { state: 'error', reason: 'Its toner is used up. Put in a new cartridge.' }],
  ['marker-supply-empty', { state: 'error', reason: 'Its ink or toner is used up. Put in a new cartridge.' }],
  ['output-area-full', { state: 'error', reason: 'Its output tray is full. Empty it.' }],
  [
    'spool-area-full',
    { state: 'busy', reason: 'Its memory is full. It goes on when earlier jobs are printed.' },
  ],
  [
    'offline',
    { state: 'offline', reason: 'Its queue cannot reach it. Is the printer on, and its cable in?' },
  ],
  [
    'connecting-to-device',
    { state: 'offline', reason: 'Its queue is still trying to reach it. Is the printer on?' },
  ],
  [
    'timed-out',
    { state: 'offline', reason: 'It does not answer its queue. Is the printer on, and its cable in?' },
  ],
  ['shutdown', { state: 'offline', reason: 'It is switched off. Switch it on.' }],
  ['paused', { state: 'error', reason: 'Its queue is paused. Let it go on in the printer’s own settings.' }],
  [
    'cups-missing-filter',
    { state: 'error', reason: 'Its driver is not installed on the computer that shares it.' },
  ],
  ['media-low', { state: 'paper_low', reason: 'Its paper is nearly used up. Have more ready.' }],
]

/** Printer states (RFC 8011, section 5.4.11). */
const stopped = 5
const processing = 4

/** How a printer is, from its answer to Get-Printer-Attributes. */
export function statusOfIpp(response: IppResponse): PrinterStatus {
  const told = valuesOf(response, groups.printer, 'printer-state-reasons').map(String)
  const [state] = valuesOf(response, groups.printer, 'printer-state')
  const [accepts] = valuesOf(response, groups.printer, 'printer-is-accepting-jobs')
  const known = reasons.find(([keyword]) => told.some((one) => isAbout(one, keyword)))
  // A report is for information: only a stopped printer, a warning or an error counts (RFC 8011, 5.4.12).
  if (known) return known[1]
  if (accepts === false) return { state: 'error', reason: 'It takes no jobs now. Look at its own settings.' }
  if (state === stopped) return { state: 'error', reason: stoppedBecause(response) }
  return { state: state === processing ? 'printing' : 'ready', reason: null }
}

/** `media-empty`, `media-empty-error`, `media-empty-warning`; of what is only reported, paper alone counts. */
function isAbout(told: string, keyword: string): boolean {
  const severity =
    told === keyword ? '' : told.startsWith(`${keyword}-`) ? told.slice(keyword.length + 1) : 'other'
  return (
    ['', 'error', 'warning'].includes(severity) || (severity === 'report' && /^(media|cover)-/.test(keyword))
  )
}

function stoppedBecause(response: IppResponse): string {
  const [message] = valuesOf(response, groups.printer, 'printer-state-message')
  const said = typeof message === 'string' && message !== '' ? ` It says “${message.slice(0, 120)}”.` : ''
  return `It has stopped.${said} Look at the printer itself.`
}

/** Why a request was refused, from its status (RFC 8011, appendix B). */
export function refusalOfIpp(status: number): string {
  return (
    refusals[status] ??
    `It refused the job (IPP status ${status.toString(16).padStart(4, '0')}). Look at its settings.`
  )
}

const refusals: Record<number, string> = {
  0x0401: 'It does not let this computer print. Allow it in the printer’s settings.',
  0x0402: 'It wants a password, which this app does not send. Allow printing without one.',
  0x0403: 'It does not let this computer print. Allow it in the printer’s settings.',
  0x0406: 'There is no such printer at this address. Look at the printer’s address again.',
  0x040a: 'It does not take this kind of document. Choose another way to reach it.',
  0x0501: 'It cannot do this. Choose another way to reach it.',
  0x0506: 'It takes no jobs now. Look at its own settings.',
  0x0507: 'It is busy. It is tried again by itself.',
}
