import { Archive, BellRing, CircleCheck, SearchX, Trash2, Undo2, Wrench, type LucideIcon } from 'lucide-react'
import { useState, type RefObject } from 'react'
import type { RecallAction, RecallActionKind } from '#contract/recall-actions.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { actionOf, correctionOf, newDraft, type ActionDraft } from './action-draft.ts'
import { ActionForm } from './action-form.tsx'
import { ActionHistory } from './action-history.tsx'
import type { ChangeFieldPreferences, FieldPreferences } from './field-preferences.ts'
import { useRecordAction } from './queries.ts'
import type { Scanned } from './use-scan-session.ts'
import { actionNames } from './verdict-looks.ts'
import styles from './field.module.css'

const kinds: readonly { kind: RecallActionKind; icon: LucideIcon }[] = [
  { kind: 'quarantined', icon: Archive },
  { kind: 'returned', icon: Undo2 },
  { kind: 'destroyed', icon: Trash2 },
  { kind: 'corrected', icon: Wrench },
  { kind: 'notified', icon: BellRing },
  { kind: 'not_found', icon: SearchX },
]

interface ActionPanelProps {
  scanned: Scanned
  preferences: FieldPreferences
  change: ChangeFieldPreferences
  onRecorded: (words: string) => void
  /** Something is being entered, which another scan must not sweep away. */
  onDraft: (isOpen: boolean) => void
  /** Of the camera, while it is on. */
  video: RefObject<HTMLVideoElement | null> | undefined
}

/** What was done with the goods: one touch for what, one to record it. */
export function ActionPanel(props: ActionPanelProps) {
  const t = useTranslate()
  const matches = [...new Map(props.scanned.verdict.matches.map((one) => [one.recall_id, one])).values()]
  const [chosen, setChosen] = useState('')
  const match = matches.find(({ recall_id }) => recall_id === chosen) ?? matches[0]
  if (!match) return null
  return (
    <section className={styles.actions} aria-label={t('field.action')}>
      <h3>{t('field.action')}</h3>
      {matches.length > 1 && (
        <SelectField
          label={t('field.action.recall')}
          choices={matches.map(({ recall_id, title }) => ({ id: recall_id, name: title }))}
          value={match.recall_id}
          onChange={setChosen}
        />
      )}
      <Recording key={match.recall_id} {...props} recallId={match.recall_id} />
    </section>
  )
}

function Recording({ recallId, ...props }: ActionPanelProps & { recallId: string }) {
  const t = useTranslate()
  const { draft, setDraft, done, record, send } = useRecording(recallId, props)
  const { preferences, video } = props
  return (
    <>
      <div className={styles.kinds}>
        {kinds.map(({ kind, icon: Icon }) => (
          <Button
            key={kind}
            className={styles.kind}
            icon={<Icon aria-hidden />}
            tone={draft?.action === kind ? 'primary' : 'plain'}
            aria-pressed={draft?.action === kind}
            onPress={() =>
              setDraft(draft?.supersedes ? { ...draft, action: kind } : newDraft(kind, preferences))
            }
          >
            {t(actionNames[kind])}
          </Button>
        ))}
      </div>
      <output className={styles.done}>
        {done !== undefined && (
          <span>
            <CircleCheck aria-hidden />
            {done}
          </span>
        )}
      </output>
      {draft && (
        <ActionForm
          draft={draft}
          change={(part) => setDraft({ ...draft, ...part })}
          error={send.error}
          isPending={send.isPending}
          onRecord={record}
          onCancel={() => setDraft(undefined)}
          video={video}
        />
      )}
      <ActionHistory recallId={recallId} correct={(entry: RecallAction) => setDraft(correctionOf(entry))} />
    </>
  )
}

function useRecording(recallId: string, { scanned, change, onRecorded, onDraft }: ActionPanelProps) {
  const t = useTranslate()
  const formats = useFormats()
  const [draft, setDraft] = useState<ActionDraft>()
  const [done, setDone] = useState<string>()
  const send = useRecordAction()
  const record = (): void => {
    if (!draft || send.isPending) return
    const action = actionOf(draft, scanned, new Date())
    send.mutate(
      { recallId, action, photos: draft.photos },
      {
        onSuccess: (entry) => {
          const values = { quantity: formats.number(entry.quantity), action: t(actionNames[entry.action]) }
          setDraft(undefined)
          onDraft(false)
          setDone(t('field.action.recorded', values))
          onRecorded(t('field.history.entry', values))
          if (!draft.supersedes) change({ place: draft.place, person: draft.person })
        },
      },
    )
  }
  const choose = (next: ActionDraft | undefined): void => {
    if (next?.id !== draft?.id) {
      setDone(undefined)
      send.reset()
    }
    setDraft(next)
    onDraft(next !== undefined)
  }
  return { draft, setDraft: choose, done, record, send }
}
