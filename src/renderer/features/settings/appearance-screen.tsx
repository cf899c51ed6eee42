import { Contrast, Hand, Monitor, Moon, MousePointer2, Sun, type LucideIcon } from 'lucide-react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { densities, themes, type Density, type Theme } from '../../lib/appearance.ts'
import { cx } from '../../lib/cx.ts'
import { useAppearance } from '../../lib/use-appearance.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { Card } from '../../ui/page.tsx'
import styles from './settings.module.css'

type Look = { icon: LucideIcon; name: MessageId; note: MessageId }

const themeLooks: Record<Theme, Look> = {
  system: { icon: Monitor, name: 'theme.system', note: 'theme.system.note' },
  light: { icon: Sun, name: 'theme.light', note: 'theme.light.note' },
  dark: { icon: Moon, name: 'theme.dark', note: 'theme.dark.note' },
  contrast: { icon: Contrast, name: 'theme.contrast', note: 'theme.contrast.note' },
}

const densityLooks: Record<Density, Look> = {
  system: { icon: Monitor, name: 'density.system', note: 'density.system.note' },
  comfortable: { icon: MousePointer2, name: 'density.comfortable', note: 'density.comfortable.note' },
  touch: { icon: Hand, name: 'density.touch', note: 'density.touch.note' },
}

export function AppearanceScreen() {
  const t = useTranslate()
  const { appearance, change } = useAppearance()
  return (
    <Card title={t('settings.appearance')}>
      <Looks
        label={t('theme.label')}
        value={appearance.theme}
        choices={themes.map((id) => ({ id, look: themeLooks[id] }))}
        onChange={(theme) => change({ theme: theme as Theme })}
      />
      <Looks
        label={t('density.label')}
        value={appearance.density}
        choices={densities.map((id) => ({ id, look: densityLooks[id] }))}
        onChange={(density) => change({ density: density as Density })}
      />
    </Card>
  )
}

interface LooksProps {
  label: string
  value: string
  choices: { id: string; look: Look }[]
  onChange: (id: string) => void
}

function Looks({ label, value, choices, onChange }: LooksProps) {
  const t = useTranslate()
  return (
    <RadioGroup value={value} onChange={onChange}>
      <Label>{label}</Label>
      <div className={styles.choices}>
        {choices.map(({ id, look: { icon: Icon, name, note } }) => (
          <Radio key={id} value={id} className={cx(styles.choice)}>
            <span className={styles.choiceName}>
              <Icon aria-hidden />
              {t(name)}
            </span>
            <span className={styles.note}>{t(note)}</span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
