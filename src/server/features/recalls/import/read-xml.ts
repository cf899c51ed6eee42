import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { gtinsIn, lineFrom } from './find-in-text.ts'
import { clip, dayOf, textOf, type Fields, type NoticeDraft, type ReadProblem } from './notice-draft.ts'
import { webAddress } from './read-cpsc.ts'

/** Elements that are one notice, in the public shapes: EU Safety Gate, GS1 product recall, CPSC. */
const records = new Set(['notification', 'productrecall', 'recall', 'alert', 'recallnotice'])
const mostDepth = 40

/**
 * Notices of an XML file. No entity is expanded and no document type is taken: with them a small file could become
 * gigabytes, or read what lies beside it.
 */
export function readXml(
  text: string,
  normalise: (digits: string) => string | undefined,
): { drafts: NoticeDraft[]; problems: ReadProblem[] } {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) {
    return {
      drafts: [],
      problems: [{ place: 'the file', message: 'It declares a document type, which is not taken.' }],
    }
  }
  const wrong = XMLValidator.validate(text)
  if (wrong !== true) {
    const { line, msg } = wrong.err
    return { drafts: [], problems: [{ place: `line ${line}`, message: `It is no well-formed XML: ${msg}` }] }
  }
  const parser = new XMLParser({
    ignoreAttributes: true,
    removeNSPrefix: true,
    processEntities: false,
    parseTagValue: false,
    maxNestedTags: mostDepth,
  })
  const found: { fields: Fields; place: string }[] = []
  const tree = parsed(parser, text)
  if (tree === undefined) {
    return {
      drafts: [],
      problems: [{ place: 'the file', message: 'Its elements lie too deep in each other.' }],
    }
  }
  collect(tree, found, 0)
  const drafts = found.map(({ fields, place }) => draftOf(fields, place, normalise))
  const problems =
    found.length === 0 ? [{ place: 'the file', message: 'No recall notice was found in it.' }] : []
  return { drafts, problems }
}

/** Undefined for what the parser refuses: it is well-formed, so that is its depth. */
function parsed(parser: XMLParser, text: string): unknown {
  try {
    return parser.parse(text)
  } catch {
    return undefined
  }
}

function collect(value: unknown, found: { fields: Fields; place: string }[], depth: number): void {
  if (depth > mostDepth || typeof value !== 'object' || value === null) return
  for (const [name, child] of Object.entries(value)) {
    for (const one of Array.isArray(child) ? (child as unknown[]) : [child]) {
      const isRecord = records.has(name.toLowerCase().replaceAll(/[^a-z]/g, ''))
      if (isRecord && typeof one === 'object' && one !== null) {
        found.push({ fields: leaves(one), place: `${name} ${found.length + 1}` })
      } else collect(one, found, depth + 1)
    }
  }
}

/** Every text of a record by the name of its element, several joined. */
function leaves(value: object): Fields {
  const texts: Record<string, string> = {}
  const walk = (node: unknown, name: string, depth: number): void => {
    if (depth > mostDepth) return
    if (Array.isArray(node)) for (const one of node as unknown[]) walk(one, name, depth + 1)
    else if (typeof node === 'object' && node !== null) {
      for (const [key, child] of Object.entries(node))
        walk(child, key.toLowerCase().replaceAll(/[^a-z0-9]/g, ''), depth + 1)
    } else if (typeof node === 'string' && node !== '')
      texts[name] = texts[name] ? `${texts[name]}; ${node}` : node
  }
  walk(value, '', 0)
  return texts
}

function draftOf(
  fields: Fields,
  place: string,
  normalise: (digits: string) => string | undefined,
): NoticeDraft {
  const codes = textOf(fields, 'barcode', 'gtin', 'upc', 'tradeitemidentification')
  const lots = textOf(fields, 'batchnumber', 'lotnumber', 'batch', 'lot')
  const original = Object.entries(fields)
    .map(([name, text]) => `${name}: ${String(text)}`)
    .join('\n')
  const line = lineFrom(gtinsIn(codes, normalise), lots === '' ? '' : `lot ${lots}`, lots)
  const title = [
    textOf(fields, 'brand'),
    textOf(fields, 'product', 'name', 'title', 'productname', 'tradeitemdescription'),
  ]
  return {
    place,
    notice: {
      title: clip(title.filter(Boolean).join(' '), 300) ?? textOf(fields, 'casenumber', 'reference') ?? place,
      reason: clip(textOf(fields, 'danger', 'reason', 'recallreason', 'description'), 5_000),
      hazard: clip(textOf(fields, 'risktype', 'risklevel', 'hazard', 'recallclassificationcode'), 2_000),
      instructions: clip(textOf(fields, 'measures', 'instructions', 'recallactioncode', 'remedies'), 5_000),
      issuer: clip(textOf(fields, 'issuer', 'recallinitiator', 'notifyingcountry', 'manufacturer'), 200),
      number: clip(
        textOf(fields, 'casenumber', 'alertnumber', 'recallnumber', 'reference', 'entityidentification'),
        80,
      ),
      url: webAddress(textOf(fields, 'url', 'companyrecallpage')),
      announced_on: dayOf(textOf(fields, 'date', 'recalldate', 'creationdatetime', 'publicationdate')),
      original_text: clip(original, 40_000),
    },
    lines: line ? [line] : [],
  }
}
