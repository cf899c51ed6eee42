import { Building2, HardDrive, KeyRound, Palette, UtensilsCrossed, WalletCards } from 'lucide-react'
import { useTranslate } from '../../lib/translate.ts'
import { SectionFrame } from '../../ui/section-frame.tsx'

export function SettingsFrame() {
  const t = useTranslate()
  return (
    <SectionFrame
      title={t('settings.title')}
      sections={[
        { to: '/settings/appearance', name: t('settings.appearance'), icon: Palette },
        { to: '/settings/businesses', name: t('settings.businesses'), icon: Building2 },
        { to: '/settings/restaurant', name: t('settings.restaurant'), icon: UtensilsCrossed },
        { to: '/settings/signing', name: t('signing.title'), icon: WalletCards },
        { to: '/settings/tokens', name: t('settings.tokens'), icon: KeyRound },
        { to: '/settings/device', name: t('settings.device'), icon: HardDrive },
      ]}
    />
  )
}
