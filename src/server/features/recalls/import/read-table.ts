import type { RecallLine } from '#contract/recall-lines.ts'
import { gtinsIn } from './find-in-text.ts'
import { clip, dayOf, textOf, type Fields, type NoticeDraft, type ReadProblem } from './notice-draft.ts'
import { webAddress } from './read-cpsc.ts'

/** Names of columns, in capitals and small letters alike, for what they mean. RappelConso's are among them. */
const columns = {
  gtin: ['gtin', 'gtins', 'ean', 'upc', 'barcode', 'gtin_code', 'code_ean', 'identification_produits'],
  lot: [
    'lot',
    'lots',
    'batch',
    'batches',
    'lot_number',
    'batch_number',
    'numero_lot',
    'numero_de_lot',
    'lot_code',
  ],
  lotFrom: ['lot_from', 'batch_from'],
  lotTo: ['lot_to', 'batch_to'],
  serial: ['serial', 'serials', 'serial_number'],
  expiryFrom: ['expiry_from', 'expiry', 'use_by', 'date_limite', 'date_de_durabilite'],
  expiryTo: ['expiry_to'],
  title: [
    'title',
    'product',
    'product_name',
    'name',
    'libelle',
    'noms_des_modeles_ou_references',
    'modeles_ou_references',
  ],
  brand: ['brand', 'marque_produit', 'nom_de_la_marque_du_produit'],
  reason: ['reason', 'motif_rappel', 'motif_du_rappel', 'reason_for_recall'],
  hazard: ['hazard', 'risques_encourus', 'risques_encourus_par_le_consommateur', 'risk'],
  instructions: ['instructions', 'action', 'conduites_a_tenir_par_le_consommateur', 'measures'],
  contact: ['contact', 'numero_contact'],
  url: ['url', 'link', 'lien_vers_la_fiche_rappel'],
  issuer: ['issuer', 'company', 'recalling_firm', 'manufacturer'],
  number: ['number', 'recall_number', 'numero_fiche', 'reference_fiche', 'case_number', 'id'],
  announced: ['announced_on', 'date', 'date_publication', 'date_de_publication', 'recall_date'],
  quantity: ['affected_quantity', 'quantity', 'units'],
} as const

type Column = keyof typeof columns

/** Rows of a table as fields whose names are known; what belongs to one notice is put together by its number or title. */
export function readTable(
  rows: readonly Fields[],
  placeOf: (index: number) => string,
  normalise: (digits: string) => string | undefined,
): { drafts: NoticeDraft[]; problems: ReadProblem[] } {
  const problems: ReadProblem[] = []
  const byNotice = new Map<string, NoticeDraft>()
  for (const [index, raw] of rows.entries()) {
    const fields = named(raw)
    const place = placeOf(index)
    const key = textOf(fields, 'number') || textOf(fields, 'title')
    if (key === '') {
      problems.push({ place, message: 'It has neither a title nor a number, so it is no notice.' })
      continue
    }
    const draft = byNotice.get(key) ?? { notice: noticeOf(fields), lines: [], place }
    byNotice.set(key, draft)
    const line = lineOf(fields, normalise)
    if (line) draft.lines.push(line)
    else
      problems.push({
        place,
        message: 'It names no GTIN with a right check digit. Add one before it is put in force.',
      })
  }
  return { drafts: [...byNotice.values()], problems }
}

function named(raw: Fields): Record<Column, unknown> {
  const byName = new Map(Object.entries(raw).map(([name, value]) => [plain(name), value]))
  return Object.fromEntries(
    Object.entries(columns).map(([column, names]) => [
      column,
      names.map((name) => byName.get(name)).find(Boolean),
    ]),
  ) as Record<Column, unknown>
}

/** `Numéro de lot` → `numero_de_lot`. */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
}

function noticeOf(fields: Fields): NoticeDraft['notice'] {
  const title = [textOf(fields, 'brand'), textOf(fields, 'title')].filter(Boolean).join(' ')
  const quantity = Number(textOf(fields, 'quantity'))
  return {
    title: clip(title || textOf(fields, 'number'), 300) ?? '',
    reason: clip(textOf(fields, 'reason'), 5_000),
    hazard: clip(textOf(fields, 'hazard'), 2_000),
    instructions: clip(textOf(fields, 'instructions'), 5_000),
    contact: clip(textOf(fields, 'contact'), 1_000),
    url: webAddress(textOf(fields, 'url')),
    issuer: clip(textOf(fields, 'issuer'), 200),
    number: clip(textOf(fields, 'number'), 80),
    announced_on: dayOf(textOf(fields, 'announced')),
    affected_quantity: Number.isSafeInteger(quantity) && quantity > 0 ? quantity : null,
  }
}

function lineOf(fields: Fields, normalise: (digits: string) => string | undefined): RecallLine | undefined {
  const gtins = gtinsIn(textOf(fields, 'gtin'), normalise)
  if (gtins.length === 0) return undefined
  const list = (name: Column): string[] =>
    textOf(fields, name)
      .split(/[,;|\n]+/)
      .map((part) => part.trim().slice(0, 80))
      .filter(Boolean)
  const [from, to] = [textOf(fields, 'lotFrom'), textOf(fields, 'lotTo')]
  const [first, last] = [dayOf(textOf(fields, 'expiryFrom')), dayOf(textOf(fields, 'expiryTo'))]
  const original = Object.values(fields)
    .map((value) => (typeof value === 'string' ? value : ''))
    .filter(Boolean)
  return {
    gtins,
    ...(list('lot').length > 0 && { lots: list('lot') }),
    ...(from !== '' && to !== '' && { lot_ranges: [{ from, to }] }),
    ...(list('serial').length > 0 && { serials: list('serial') }),
    ...((first ?? last) !== null && {
      days: [{ kind: 'expiry' as const, ranges: [{ from: first, to: last ?? first }] }],
    }),
    original_text: original.join(' · ').slice(0, 20_000),
  }
}
