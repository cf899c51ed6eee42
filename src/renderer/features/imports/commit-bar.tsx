import { ArrowDown, ArrowUp, Download, Save } from 'lucide-react'
import type { Import } from '#contract/imports.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { useDownloadErrors, useImportStep } from './import-actions.ts'
import { wordsOf } from './kind-words.ts'
import styles from './summary.module.css'

interface CommitBarProps {
  job: Import
  seek: (direction: 'next' | 'previous') => void
}

/** What saving would do, said before it is done. */
export function CommitBar({ job, seek }: CommitBarProps) {
  const t = useTranslate()
  const formats = useFormats()
  const words = wordsOf(job.kind)
  const step = useImportStep(job.id)
  const errors = useDownloadErrors(job)
  const { creates, updates, errors: wrong, unchanged, skipped, warnings } = job.counts
  const values = { creates, updates, wrong, unchanged, skipped }
  const shown = Object.fromEntries(
    Object.entries(values).map(([name, count]) => [`${name}Shown`, formats.number(count)]),
  )
  return (
    <div className={styles.commit} data-page-foot>
      <p className={styles.sentence}>{t(words.sentence, { ...values, ...shown })}</p>
      <div className={styles.commitTools}>
        {wrong + warnings > 0 && (
          <>
            <IconButton
              label={t('imports.previous')}
              icon={<ArrowUp aria-hidden />}
              onPress={() => seek('previous')}
            />
            <IconButton
              label={t('imports.next')}
              icon={<ArrowDown aria-hidden />}
              onPress={() => seek('next')}
            />
          </>
        )}
        {wrong > 0 && (
          <Button
            collapses
            icon={<Download aria-hidden />}
            isPending={errors.isPending}
            onPress={() => errors.mutate()}
          >
            {t('imports.errorsCsv')}
          </Button>
        )}
        <Button
          tone="primary"
          icon={<Save aria-hidden />}
          isDisabled={creates + updates === 0 || step.isPending}
          onPress={() => step.mutate('commit')}
        >
          {t(words.commit)}
        </Button>
      </div>
    </div>
  )
}
