import type { ReactNode } from 'react'
import styles from './board.module.css'

interface ChoiceBarProps<K extends string> {
  label: string
  choices: readonly { id: K; name: string; icon?: ReactNode }[]
  chosen: readonly K[]
  onPress: (id: K) => void
}

/** A few choices side by side, each of them seen; one or several may be on. */
export function ChoiceBar<K extends string>({ label, choices, chosen, onPress }: ChoiceBarProps<K>) {
  return (
    <fieldset className={styles.choices} aria-label={label}>
      {choices.map(({ id, name, icon }) => (
        <button
          key={id}
          type="button"
          className={styles.choice}
          aria-pressed={chosen.includes(id)}
          onClick={() => onPress(id)}
        >
          {icon}
          <span dir="auto">{name}</span>
        </button>
      ))}
    </fieldset>
  )
}
