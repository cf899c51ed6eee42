import type { Import } from '#contract/imports.ts'
import { Notice } from '../../ui/notice.tsx'
import styles from './summary.module.css'

/** What is wrong with the columns as a whole. Warnings are small print: the head of the grid shows the same. */
export function HeaderFindings({ job }: { job: Import }) {
  const errors = job.header_findings.filter(({ severity }) => severity === 'error')
  const warnings = job.header_findings.filter(({ severity }) => severity === 'warning')
  return (
    <>
      {errors.map(({ code, column, message }) => (
        <Notice key={`${code}-${column}`} tone="bad" title={message} />
      ))}
      {warnings.length > 0 && (
        <p className={styles.headNotes}>{warnings.map(({ message }) => message).join(' ')}</p>
      )}
    </>
  )
}
