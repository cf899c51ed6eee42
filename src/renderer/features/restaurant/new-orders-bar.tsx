import { BellRing, Check, Volume2 } from 'lucide-react'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { useRestaurant } from './restaurant-context.ts'
import styles from './board.module.css'

/** For those who do not hear the sound, and to end it. */
export function NewOrdersBar() {
  const t = useTranslate()
  const { unseen, steps, sound } = useRestaurant()
  if (unseen.length === 0) return null
  return (
    <div className={styles.newBar} role="alert">
      <BellRing aria-hidden />
      <strong>{t('board.newOrders', { count: unseen.length })}</strong>
      <span className={styles.newNumbers}>
        {unseen
          .slice(0, 6)
          .map(({ number }) => `#${number}`)
          .join('  ')}
      </span>
      {sound.isBlocked && (
        <Button icon={<Volume2 aria-hidden />} onPress={sound.unblock}>
          {t('board.silent.turnOn')}
        </Button>
      )}
      <Button icon={<Check aria-hidden />} onPress={() => void steps.acknowledge(unseen)}>
        {t('board.seen')}
      </Button>
    </div>
  )
}

/** Browsers play nothing before a page was touched; a screen that stays silent for that reason has to say so. */
export function SilenceNote() {
  const t = useTranslate()
  const { sound, unseen } = useRestaurant()
  // The bar of new orders offers the same.
  if (!sound.isBlocked || unseen.length > 0) return null
  return (
    <output className={styles.silence}>
      <span>{t('board.silent')}</span>
      <Button small icon={<Volume2 aria-hidden />} onPress={sound.unblock}>
        {t('board.silent.turnOn')}
      </Button>
    </output>
  )
}
