import type { BundleRequest, LabelStock, SheetLayout } from '#contract/export-bundles.ts'

type OwnSheet = NonNullable<SheetLayout['own']>

/** What the form holds; numbers as they were typed. */
export interface BundleDraft {
  kind: 'print_sheets' | 'files'
  formats: readonly string[]
  /** Of cards. */
  cardFormats: readonly string[]
  size: string
  /** Id of a preset; `own` for what each link or card has by itself. */
  look: string
  verify: boolean
  stock: string
  own: Record<keyof OwnSheet, string>
  caption: NonNullable<SheetLayout['caption']>
  skip: string
  copies: string
  bleed: string
  cutMarks: boolean
  outlines: boolean
  numbered: boolean
  prefix: string
  from: string
  digits: string
}

export const codeFormats = ['svg', 'png', 'pdf', 'eps'] as const
export const cardFormats = ['vcf', 'ics', 'html', 'apple', 'google'] as const
export const captions = ['none', 'title', 'slug', 'short_url', 'destination'] as const
/** What a label can say of a card. */
export const cardCaptions = ['none', 'title'] as const
export const ownFields = [
  'width',
  'height',
  'columns',
  'rows',
  'label_width',
  'label_height',
  'left',
  'top',
  'pitch_x',
  'pitch_y',
] as const

export const freshDraft: BundleDraft = {
  kind: 'print_sheets',
  formats: ['png', 'svg'],
  cardFormats: ['vcf', 'ics', 'html'],
  size: '1024',
  look: 'own',
  verify: true,
  stock: 'avery-l7160',
  own: {
    width: '210',
    height: '297',
    columns: '3',
    rows: '7',
    label_width: '63.5',
    label_height: '38.1',
    left: '7.25',
    top: '15.15',
    pitch_x: '66',
    pitch_y: '38.1',
  },
  caption: 'title',
  skip: '0',
  copies: '1',
  bleed: '0',
  cutMarks: false,
  outlines: false,
  numbered: false,
  prefix: 'No. ',
  from: '1',
  digits: '4',
}

/** The sizes of a stock as a start for sizes of one's own. */
export function ownFrom(stock: LabelStock): BundleDraft['own'] {
  return Object.fromEntries(ownFields.map((field) => [field, String(stock[field])])) as BundleDraft['own']
}

/** What is asked of the server. A number that is none goes as NaN would: not at all, and the server says what it misses. */
export function requestOf(draft: BundleDraft, of: 'links' | 'cards'): Omit<BundleRequest, 'ids' | 'filter'> {
  const { kind, verify } = draft
  const ofCards = of === 'cards'
  const look = draft.look === 'own' ? {} : { preset_id: draft.look }
  if (kind === 'print_sheets') {
    return { kind, verify, layout: layoutOf(draft), ...look, ...(ofCards && { of }) }
  }
  if (ofCards) return { kind: 'wallet_cards', verify, formats: [...draft.cardFormats] }
  return { kind: 'qr_codes', verify, formats: [...draft.formats], size: numberOf(draft.size), ...look }
}

function layoutOf(draft: BundleDraft): SheetLayout {
  const own = Object.fromEntries(ownFields.map((field) => [field, numberOf(draft.own[field])])) as OwnSheet
  const sequence = {
    prefix: draft.prefix,
    from: numberOf(draft.from),
    digits: numberOf(draft.digits),
  }
  return {
    stock: draft.stock,
    ...(draft.stock === 'own' && { own }),
    caption: draft.caption,
    skip: numberOf(draft.skip),
    copies: numberOf(draft.copies),
    bleed: numberOf(draft.bleed),
    cut_marks: draft.cutMarks,
    outlines: draft.outlines,
    ...(draft.numbered && { sequence }),
  }
}

/** Also with a comma, as most of Europe writes it. */
function numberOf(text: string): number {
  return Number(text.trim().replace(',', '.'))
}
