import type { ImportKind } from '#contract/import-kinds.ts'
import type { MessageId } from '../../lib/translate.ts'

const words = {
  qr_links: {
    name: 'imports.kind.links',
    dropText: 'imports.drop.text',
    columns: 'imports.columns',
    comparing: 'imports.phase.comparing',
    saving: 'imports.phase.saving',
    undoing: 'imports.phase.undoing',
    safe: 'imports.safe.commit',
    onDuplicate: 'imports.onDuplicate',
    skipNote: 'imports.onDuplicate.skip.note',
    commit: 'imports.commit',
    sentence: 'imports.sentence',
    done: 'imports.done',
    doneText: 'imports.done.text',
    undoText: 'imports.undo.text',
    undoneText: 'imports.undone.text',
  },
  wallet_passes: {
    name: 'imports.kind.cards',
    dropText: 'imports.cards.drop',
    columns: 'imports.cards.columns',
    comparing: 'imports.cards.comparing',
    saving: 'imports.cards.saving',
    undoing: 'imports.cards.undoing',
    safe: 'imports.cards.safe',
    onDuplicate: 'imports.cards.onDuplicate',
    skipNote: 'imports.cards.skip.note',
    commit: 'imports.cards.commit',
    sentence: 'imports.cards.sentence',
    done: 'imports.cards.done',
    doneText: 'imports.cards.done.text',
    undoText: 'imports.cards.undo.text',
    undoneText: 'imports.cards.undone.text',
  },
} as const satisfies Record<ImportKind, Record<string, MessageId>>

/** How an import of a kind is spoken of. */
export function wordsOf(kind: ImportKind): (typeof words)[ImportKind] {
  return words[kind]
}
