import { Images } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { CodeReader } from './code-reader.ts'
import { pixelsOf } from './frame-loop.ts'
import styles from './field.module.css'

type State = 'ready' | 'reading' | 'none' | 'wrong'

const notices: Partial<Record<State, MessageId>> = {
  none: 'field.picture.none',
  wrong: 'field.picture.wrong',
}

/** Codes out of a picture file; all of one picture count as one item's. */
export function PictureButton({
  reader,
  onCodes,
}: {
  reader: CodeReader
  onCodes: (codes: string[]) => void
}) {
  const t = useTranslate()
  const [state, setState] = useState<State>('ready')
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return
    setState('reading')
    try {
      const { carriers } = await reader.read(await pixelsOf(file), true)
      setState(carriers.length === 0 ? 'none' : 'ready')
      if (carriers.length > 0) onCodes(carriers)
    } catch {
      setState('wrong')
    }
  }
  const notice = notices[state]
  return (
    <>
      <FileTrigger acceptedFileTypes={['image/*']} onSelect={(files) => void take(files?.[0])}>
        <Button icon={<Images aria-hidden />} isDisabled={state === 'reading'}>
          {t(state === 'reading' ? 'field.picture.reading' : 'field.picture')}
        </Button>
      </FileTrigger>
      {notice !== undefined && (
        <div className={styles.wide}>
          <Notice tone="warn" title={t(notice)}>
            {state === 'none' ? t('field.picture.none.text') : undefined}
          </Notice>
        </div>
      )}
    </>
  )
}
