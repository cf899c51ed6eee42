import { Check, Copy } from 'lucide-react'
import { passportProfiles, type ProfileField } from '#contract/passport-profiles.ts'
import type { ProductPassport } from '#contract/product-passports.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { useCopy } from '../../lib/use-copy.ts'
import { Button } from '../../ui/button.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Card } from '../../ui/page.tsx'
import { parties, partyFields } from './passport-draft.ts'
import { granularityNames, profileNames, wordsOf } from './passport-names.ts'
import styles from './passports.module.css'

/** What a passport says. */
export function FactsCard({ passport }: { passport: ProductPassport }) {
  const t = useTranslate()
  const formats = useFormats()
  const { core, extension, links } = passport
  const granularity = granularityNames.find(({ id }) => id === passport.granularity)
  const profile = profileNames.find(({ id }) => id === passport.profile)
  return (
    <Card title={t('passports.facts')}>
      <DigitalLink address={passport.digital_link} />
      <Facts>
        <Fact name={t('passports.gtin')}>{passport.gtin}</Fact>
        <Fact name={t('passports.granularity')}>{granularity && t(granularity.name)}</Fact>
        <Fact name={t('field.lot')}>{passport.lot}</Fact>
        <Fact name={t('field.serial')}>{passport.serial}</Fact>
        {coreFacts.map(({ key, name }) => (
          <Fact key={key} name={t(name)}>
            {core[key]}
          </Fact>
        ))}
        <Fact name={t('passports.producedOn')}>
          {core.produced_on ? formats.date(`${core.produced_on}T12:00:00`) : null}
        </Fact>
        <Fact name={t('passports.weight')}>
          {typeof core.weight_grams === 'number' ? formats.number(core.weight_grams / 1000) : null}
        </Fact>
        {parties.map((party) => (
          <Fact key={party} name={t(partyNames[party])}>
            {core[party] &&
              partyFields
                .map((field) => core[party]?.[field])
                .filter(Boolean)
                .join('\n')}
          </Fact>
        ))}
        <Fact name={t('passports.part.materials')}>
          {(core.materials ?? [])
            .map(({ name, share }) =>
              typeof share === 'number' ? `${name} ${formats.number(share / 100)} %` : name,
            )
            .join('\n')}
        </Fact>
        <Fact name={t('passports.part.documents')}>
          {[...(core.documents ?? []), ...links].map(({ title, url }) => `${title}: ${url}`).join('\n')}
        </Fact>
        <Fact name={t('passports.profile')}>{profile && t(profile.name)}</Fact>
        {passportProfiles[passport.profile].map((field) => (
          <Fact key={field.key} name={field.label}>
            {shown(field, extension[field.key], t, formats.number)}
          </Fact>
        ))}
      </Facts>
    </Card>
  )
}

const coreFacts = [
  { key: 'description', name: 'passports.description' },
  { key: 'brand', name: 'passports.brand' },
  { key: 'model', name: 'passports.model' },
  { key: 'category', name: 'passports.category' },
  { key: 'commodity_code', name: 'passports.commodity' },
  { key: 'country_of_production', name: 'passports.country' },
  { key: 'repair', name: 'passports.repair' },
  { key: 'disposal', name: 'passports.disposal' },
  { key: 'warranty', name: 'passports.warranty' },
] as const

const partyNames: Record<(typeof parties)[number], MessageId> = {
  manufacturer: 'passports.party.manufacturer',
  importer: 'passports.party.importer',
  responsible_operator: 'passports.party.responsible_operator',
  facility: 'passports.party.facility',
}

function shown(
  { kind, unit }: ProfileField,
  value: unknown,
  t: (id: MessageId) => string,
  number: (value: number) => string,
): string | null {
  if (typeof value === 'boolean') return t(value ? 'passports.yes' : 'passports.no')
  if (typeof value === 'number') return `${number(value)} ${unit}`.trim()
  if (typeof value !== 'string') return null
  return kind === 'choice' ? wordsOf(value) : value
}

function DigitalLink({ address }: { address: string }) {
  const t = useTranslate()
  const { copied, copy } = useCopy()
  return (
    <div className={styles.address}>
      <span>
        {t('passports.digitalLink')}: <bdi className={styles.mono}>{address}</bdi>
      </span>
      <Button
        small
        icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />}
        onPress={() => void copy(address)}
      >
        {t(copied ? 'ui.copied' : 'passports.copy')}
      </Button>
    </div>
  )
}
