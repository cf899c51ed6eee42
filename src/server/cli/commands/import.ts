import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Client } from '#contract/client.ts'
import {
  commitImport,
  listImportRows,
  previewQrLinkImport,
  previewWalletPassImport,
  undoImport,
  type Import,
} from '#contract/imports.ts'
import { choiceOf, readArguments, textOf, type Parsed } from '../arguments.ts'
import { withClient } from '../connect.ts'
import { exitCodes, UsageError } from '../failures.ts'
import type { Command } from '../qrscan.ts'

export const importCommand: Command = {
  summary: 'check a spreadsheet of links or cards, then save it',
  help: `qrscan import preview FILE   check a .csv, .tsv or .xlsx file; nothing is saved
qrscan import commit ID      save all the good rows of a checked file
qrscan import undo ID        take a committed import back

  --as links|cards   what its rows become (default: links)
  --business ID      the business they are for
  --json             print the import as JSON

A preview exits with 1 when a row has an error.
`,
  async run([action, ...rest]) {
    if (action === 'preview') return preview(rest)
    if (action === 'commit')
      return change(rest, 'commit', (client, id) => client.call(commitImport, { params: { id } }))
    if (action === 'undo')
      return change(rest, 'undo', (client, id) => client.call(undoImport, { params: { id } }))
    throw new UsageError('Say `import preview FILE`, `import commit ID` or `import undo ID`.')
  },
}

async function preview(args: string[]): Promise<number> {
  const parsed = readArguments(args, { business: { type: 'string' }, as: { type: 'string' } })
  const [file] = parsed.positionals
  if (file === undefined) throw new UsageError('Say which file: `import preview FILE`.')
  if (!(await stat(file).catch(() => undefined))?.isFile())
    throw new UsageError(`There is no file "${file}".`)
  const business = textOf(parsed, 'business')
  const kind = choiceOf(parsed, 'as', ['links', 'cards']) ?? 'links'
  const upload = await openAsBlob(file)
  return withClient(textOf(parsed, 'data'), async (client) => {
    const endpoint = kind === 'cards' ? previewWalletPassImport : previewQrLinkImport
    const { import: checked } = await client.call(endpoint, {
      query: { filename: basename(file), ...(business !== undefined && { business_id: business }) },
      headers: { 'Content-Type': 'application/octet-stream' },
      upload,
    })
    if (parsed.values['json']) process.stdout.write(`${JSON.stringify(checked)}\n`)
    else process.stdout.write(await describe(client, checked))
    return checked.counts.errors > 0 || checked.status === 'failed' ? exitCodes.refused : exitCodes.done
  })
}

const shownFindings = 20

async function describe(client: Client, checked: Import): Promise<string> {
  const { counts } = checked
  const lines = [
    `Import ${checked.id}: ${checked.filename}, ${checked.encoding}`,
    `${counts.rows} rows: ${counts.creates} to create, ${counts.updates} to update, ${counts.unchanged} unchanged, ` +
      `${counts.skipped} skipped, ${counts.errors} with errors, ${counts.warnings} with warnings`,
    ...checked.header_findings.map((finding) => `  header: ${finding.message}`),
  ]
  if (checked.failure !== null) lines.push(checked.failure)
  if (counts.errors > 0) {
    const query = { filter: 'errors' as const, per_page: shownFindings }
    const { rows } = await client.call(listImportRows, { params: { id: checked.id }, query })
    for (const row of rows.data) {
      for (const { column, message } of row.findings)
        lines.push(`  row ${row.row}, ${column ?? 'row'}: ${message}`)
    }
    if (rows.total > shownFindings) lines.push(`  … and ${rows.total - shownFindings} more rows with errors`)
  }
  if (counts.creates + counts.updates > 0)
    lines.push(`Save the good rows with: qrscan import commit ${checked.id}`)
  return `${lines.join('\n')}\n`
}

async function change(
  args: string[],
  action: string,
  call: (client: Client, id: string) => Promise<{ import: Import }>,
): Promise<number> {
  const parsed: Parsed = readArguments(args, {})
  const [id] = parsed.positionals
  if (id === undefined) throw new UsageError(`Say which import: \`import ${action} ID\`.`)
  const { import: done } = await withClient(textOf(parsed, 'data'), (client) => call(client, id))
  if (parsed.values['json']) process.stdout.write(`${JSON.stringify(done)}\n`)
  else process.stdout.write(`${sentenceOf(done)}\n`)
  return done.status === 'committed' || done.status === 'undone' ? exitCodes.done : exitCodes.refused
}

function sentenceOf({ status, counts, undo, failure }: Import): string {
  if (status === 'committed') return `Saved: ${counts.creates} made, ${counts.updates} updated.`
  if (undo) return `Undone: ${undo.reversed} taken back, ${undo.kept} kept because they were changed since.`
  return failure ?? `The import is ${status}.`
}
