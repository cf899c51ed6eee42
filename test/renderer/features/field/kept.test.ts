import { describe, expect, it } from 'vitest'
import type { RecallAction } from '#contract/recall-actions.ts'
import { actionOf, correctionOf, newDraft } from '#renderer/features/field/action-draft.ts'
import { readFieldPreferences } from '#renderer/features/field/field-preferences.ts'
import { readRecentScans } from '#renderer/features/field/recent-scans.ts'
import type { Scanned } from '#renderer/features/field/use-scan-session.ts'

const scanned = {
  carriers: [']E09506000134352', ']C110L7'],
  typed: { serial: '5' },
  at: '2026-11-23T09:29:58.000Z',
  verdict: {
    verdict: 'recalled',
    sentence: 'Recalled.',
    missing: [],
    matches: [
      {
        recall_id: 'r',
        title: 'Jam',
        is_mock: false,
        revision: 2,
        line: 0,
        verdict: 'recalled',
        reason: 'Lot L7 is listed.',
        missing: [],
        instructions: null,
      },
    ],
    result: { elements: [{ ai: '10', value: 'L7' }] },
  },
  data: { version: 'v3' },
} as unknown as Scanned

describe('what this device keeps', () => {
  it('is as never chosen where it makes no sense', () => {
    for (const text of [null, '', '[]', 'null', '{"place":7,"scanner":{"separator":{}}}', '{'])
      expect(readFieldPreferences(text)).toEqual({
        sound: true,
        camera: false,
        cameraId: '',
        place: '',
        person: '',
        scanner: undefined,
      })
  })

  it('brings back the place, the person and the scanner', () => {
    const kept = {
      sound: false,
      camera: true,
      cameraId: 'c',
      place: 'Store 4',
      person: 'Ada',
      scanner: { separator: { key: 'F8' }, symbology: 'sent', prefix: '', end: 'Tab', swapsCase: false },
    }
    expect(readFieldPreferences(JSON.stringify(kept))).toEqual(kept)
  })

  it('lists only scans that are whole', () => {
    const scan = {
      id: '1',
      at: '2026-11-23T09:30:00.000Z',
      verdict: 'recalled',
      name: 'x',
      carriers: ['a'],
      typed: {},
      recorded: null,
    }
    const broken = [
      { ...scan, verdict: 'safe' },
      { ...scan, at: 'soon' },
      { ...scan, carriers: [1] },
      null,
      7,
    ]
    expect(readRecentScans(JSON.stringify([...broken, scan]))).toEqual([scan])
    for (const text of [null, '{', '{}', '7']) expect(readRecentScans(text)).toEqual([])
  })
})

describe('what goes into the record', () => {
  it('carries the scan, its verdict and data, and the person’s own time', () => {
    const now = new Date('2026-11-23T09:30:00Z')
    const draft = {
      ...newDraft('destroyed', { place: ' Store 4 ', person: '' }),
      quantity: 12,
      witness: 'Bo',
    }
    expect(actionOf(draft, scanned, now)).toEqual({
      id: draft.id,
      action: 'destroyed',
      quantity: 12,
      place: 'Store 4',
      person: null,
      witness: 'Bo',
      note: null,
      scan: ']E09506000134352\n]C110L7',
      lot: 'L7',
      serial: '5',
      answer: {
        checked_at: '2026-11-23T09:29:58.000Z',
        verdict: 'recalled',
        sentence: 'Recalled.',
        missing: [],
        data: { version: 'v3' },
        matches: [{ recall_id: 'r', revision: 2, line: 0, verdict: 'recalled', reason: 'Lot L7 is listed.' }],
      },
      done_at: '2026-11-23T09:30:00.000Z',
      utc_offset: 0 - now.getTimezoneOffset(),
    })
  })

  it('corrects by an entry that names the old one and keeps its scan and time', () => {
    const entry = {
      id: 'old',
      action: 'quarantined',
      quantity: 3,
      place: 'Store 4',
      person: 'Ada',
      scan: 'then',
      lot: 'L1',
      serial: null,
      verdict: 'possible',
      data_version: 'v1',
      done_at: '2026-11-22T08:00:00.000000Z',
      utc_offset: 60,
    } as RecallAction
    const action = actionOf({ ...correctionOf(entry), quantity: 2 }, scanned, new Date())
    expect(action).toMatchObject({
      supersedes_id: 'old',
      quantity: 2,
      scan: 'then',
      lot: 'L1',
      done_at: entry.done_at,
      utc_offset: 60,
    })
    expect(action.id).not.toBe('old')
  })

  it('counts nothing where nothing was found', () => {
    expect(newDraft('not_found', { place: '', person: '' }).quantity).toBe(0)
  })
})
