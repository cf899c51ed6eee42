import styles from './stepper.module.css'

interface StepperProps {
  value: number
  min: number
  max: number
  /** What is counted, said to those who do not see it. */
  fewer: string
  more: string
  onChange: (value: number) => void
}

export function Stepper({ value, min, max, fewer, more, onChange }: StepperProps) {
  return (
    <div className={styles.stepper}>
      <button
        type="button"
        className={styles.step}
        aria-label={fewer}
        disabled={value <= min}
        onClick={() => onChange(value - 1)}
      >
        −
      </button>
      <output className={styles.value}>{value}</output>
      <button
        type="button"
        className={styles.step}
        aria-label={more}
        disabled={value >= max}
        onClick={() => onChange(value + 1)}
      >
        +
      </button>
    </div>
  )
}
