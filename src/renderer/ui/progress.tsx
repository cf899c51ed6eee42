import { Label, ProgressBar } from 'react-aria-components'
import { cx } from '../lib/cx.ts'
import { useFormats } from '../lib/format.ts'
import styles from './notice.module.css'

/** How far something has come; without a known end it only shows that it is alive. */
export function Progress({ label, done, total }: { label: string; done: number; total: number }) {
  const formats = useFormats()
  const known = total > 0
  return (
    <ProgressBar
      className={cx(styles.meter)}
      value={known ? Math.min(done, total) : 0}
      maxValue={known ? total : 1}
      isIndeterminate={!known}
      valueLabel={known ? formats.percent(Math.min(done / total, 1)) : ''}
    >
      {({ percentage, valueText }) => (
        <>
          <span className={styles.meterText}>
            <Label>{label}</Label>
            <span>{valueText}</span>
          </span>
          <span className={styles.rail}>
            {known ? (
              <div className={styles.fill} style={{ width: `${percentage ?? 0}%` }} />
            ) : (
              <div className={cx(styles.fill, styles.wandering)} />
            )}
          </span>
        </>
      )}
    </ProgressBar>
  )
}
