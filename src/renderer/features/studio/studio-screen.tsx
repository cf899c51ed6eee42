import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslate } from '../../lib/translate.ts'
import { TextField } from '../../ui/field.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { AdviceList } from './advice-list.tsx'
import { CodePreview } from './code-preview.tsx'
import { LogoField } from './logo-field.tsx'
import { PresetBar } from './preset-bar.tsx'
import { SaveBar } from './save-bar.tsx'
import { judge, mend, newDraft } from './studio-draft.ts'
import { StyleFields } from './style-fields.tsx'
import layout from '../../ui/layout.module.css'

const route = getRouteApi('/studio')

/** Any text as a code in a client's look, judged while it is made. */
export function StudioScreen() {
  const t = useTranslate()
  const { text } = route.useSearch()
  const [draft, setDraft] = useState(() => newDraft(text ?? 'https://'))
  const judged = useMemo(() => judge(draft), [draft])
  return (
    <Page title={t('studio.title')} lead={t('studio.lead')}>
      <div className={layout.columns}>
        <div className={layout.column}>
          <Card title={t('studio.content')}>
            <TextField
              label={t('studio.text')}
              hint={t('studio.text.hint')}
              rows={3}
              value={draft.text}
              onChange={(next) => setDraft({ ...draft, text: next })}
            />
          </Card>
          <Card title={t('studio.look')}>
            <PresetBar draft={draft} onChange={setDraft} />
            <StyleFields draft={draft} onChange={setDraft} />
            <LogoField draft={draft} onChange={setDraft} />
          </Card>
        </div>
        <div className={layout.beside}>
          <Card title={t('studio.preview')}>
            <CodePreview draft={draft} judged={judged} />
            <AdviceList judged={judged} take={(one) => setDraft(mend(draft, one))} />
            <SaveBar draft={draft} judged={judged} onChange={setDraft} />
          </Card>
        </div>
      </div>
    </Page>
  )
}
