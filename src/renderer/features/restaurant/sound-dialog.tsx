import { BellRing } from 'lucide-react'
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components'
import { cx } from '../../lib/cx.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { tunes, type Tune } from './board-preferences.ts'
import { useRestaurant } from './restaurant-context.ts'
import styles from './board.module.css'

const tuneNames: Record<Tune, MessageId> = {
  bell: 'board.tune.bell',
  chime: 'board.tune.chime',
  alarm: 'board.tune.alarm',
  off: 'board.tune.off',
}

/** What this device plays for new orders. */
export function SoundDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTranslate()
  const { preferences, changePreferences, sound } = useRestaurant()
  return (
    <Dialog title={t('board.sound')} isOpen={isOpen} onClose={onClose}>
      <DialogBody>
        <p>{t('board.sound.text')}</p>
        <SelectField
          label={t('board.tune')}
          value={preferences.tune}
          choices={tunes.map((id) => ({ id, name: t(tuneNames[id]) }))}
          onChange={(tune) => {
            changePreferences({ tune })
            sound.tryOut({ ...preferences, tune })
          }}
        />
        <Slider
          className={cx(styles.slider)}
          value={preferences.volume}
          minValue={0}
          maxValue={100}
          step={5}
          isDisabled={preferences.tune === 'off'}
          onChange={(volume) => changePreferences({ volume: Number(volume) })}
        >
          <Label className={cx(styles.sliderLabel)}>{t('board.volume')}</Label>
          <SliderOutput />
          <SliderTrack className={cx(styles.sliderTrack)}>
            <SliderThumb className={cx(styles.sliderThumb)} />
          </SliderTrack>
        </Slider>
      </DialogBody>
      <DialogFoot>
        <Button icon={<BellRing aria-hidden />} onPress={() => sound.tryOut(preferences)}>
          {t('board.sound.try')}
        </Button>
        <Button tone="primary" onPress={onClose}>
          {t('board.sound.done')}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
