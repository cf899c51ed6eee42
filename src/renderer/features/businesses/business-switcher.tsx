import { useNavigate } from '@tanstack/react-router'
import { Building2, Check, ChevronsUpDown, Plus } from 'lucide-react'
import { useBusiness } from '../../lib/business.tsx'
import { cx } from '../../lib/cx.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import styles from './business-switcher.module.css'

export function BusinessSwitcher() {
  const t = useTranslate()
  const navigate = useNavigate()
  const { current, all, choose } = useBusiness()
  const entries = [
    ...all.map((business) => ({
      id: business.id,
      name: business.name,
      icon: business.id === current.id ? <Check aria-hidden /> : undefined,
      run: () => choose(business.id),
    })),
    {
      id: 'add',
      name: t('businesses.add'),
      icon: <Plus aria-hidden />,
      run: () => void navigate({ to: '/settings/businesses' }),
    },
  ]
  return (
    <Menu label={t('businesses.switch')} entries={entries}>
      <Button
        tone="quiet"
        className={cx(styles.switcher)}
        icon={<Building2 aria-hidden />}
        aria-label={t('businesses.current', { name: current.name })}
      >
        <span className={styles.name}>{current.name}</span>
        <ChevronsUpDown aria-hidden />
      </Button>
    </Menu>
  )
}
