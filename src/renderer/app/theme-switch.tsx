import { Contrast, Monitor, Moon, Sun } from 'lucide-react'
import { themes, type Theme } from '../lib/appearance.ts'
import { useAppearance } from '../lib/use-appearance.ts'
import { useTranslate, type MessageId } from '../lib/translate.ts'
import { IconButton } from '../ui/button.tsx'
import { Menu } from '../ui/menu.tsx'

const icons = { system: Monitor, light: Sun, dark: Moon, contrast: Contrast }
const names: Record<Theme, MessageId> = {
  system: 'theme.system',
  light: 'theme.light',
  dark: 'theme.dark',
  contrast: 'theme.contrast',
}

export function ThemeSwitch() {
  const t = useTranslate()
  const { appearance, change } = useAppearance()
  const Current = icons[appearance.theme]
  const entries = themes.map((theme) => {
    const Icon = icons[theme]
    return { id: theme, name: t(names[theme]), icon: <Icon aria-hidden />, run: () => change({ theme }) }
  })
  return (
    <Menu label={t('theme.label')} entries={entries}>
      <IconButton label={t('theme.label')} icon={<Current aria-hidden />} />
    </Menu>
  )
}
