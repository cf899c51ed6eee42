import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../lib/api.tsx'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { TextField } from '../../ui/field.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { Switch } from '../../ui/toggle.tsx'
import { captions, cardCaptions, ownFields, ownFrom, type BundleDraft } from './bundle-draft.ts'
import { VerifySwitch } from './code-fields.tsx'
import styles from './exports.module.css'
import type { ChangeDraft } from './exports-screen.tsx'
import { labelStocksQuery } from './queries.ts'

interface FieldsProps {
  draft: BundleDraft
  change: ChangeDraft
}

/** How codes lie on paper. */
export function SheetFields({ draft, of, change }: FieldsProps & { of: 'links' | 'cards' }) {
  const t = useTranslate()
  const offered: readonly BundleDraft['caption'][] = of === 'cards' ? cardCaptions : captions
  return (
    <>
      <StockField draft={draft} change={change} />
      {draft.stock === 'own' && <OwnSheet draft={draft} change={change} />}
      <SelectField
        label={t('exports.caption')}
        value={draft.caption}
        onChange={(caption) => change({ caption })}
        choices={offered.map((id) => ({ id, name: t(`exports.caption.${id}`) }))}
      />
      <div className={styles.numbers}>
        <Amount label="exports.copies" value={draft.copies} onChange={(copies) => change({ copies })} />
        <Amount label="exports.skip" value={draft.skip} onChange={(skip) => change({ skip })} />
        <Amount label="exports.bleed" value={draft.bleed} onChange={(bleed) => change({ bleed })} />
      </div>
      <Numbering draft={draft} change={change} />
      <Switch isSelected={draft.cutMarks} onChange={(cutMarks) => change({ cutMarks })}>
        {t('exports.cutMarks')}
      </Switch>
      <Switch isSelected={draft.outlines} onChange={(outlines) => change({ outlines })}>
        {t('exports.outlines')}
      </Switch>
      <VerifySwitch draft={draft} change={change} />
    </>
  )
}

function StockField({ draft, change }: FieldsProps) {
  const t = useTranslate()
  const { data: stocks = [] } = useQuery(labelStocksQuery(useApi()))
  const choose = (stock: string): void => {
    const before = stocks.find(({ id }) => id === draft.stock)
    change({ stock, ...(stock === 'own' && before && { own: ownFrom(before) }) })
  }
  return (
    <SelectField
      label={t('exports.stock')}
      value={draft.stock}
      onChange={choose}
      choices={[
        ...stocks.map(({ id, name, paper }) => ({ id, name, note: paper })),
        { id: 'own', name: t('exports.own') },
      ]}
    />
  )
}

/** Sizes of a sheet that is not in the list; it begins with those of the one that was chosen. */
function OwnSheet({ draft, change }: FieldsProps) {
  return (
    <div className={styles.numbers}>
      {ownFields.map((field) => (
        <Amount
          key={field}
          label={`exports.own.${field}`}
          value={draft.own[field]}
          onChange={(value) => change({ own: { ...draft.own, [field]: value } })}
        />
      ))}
    </div>
  )
}

function Numbering({ draft, change }: FieldsProps) {
  const t = useTranslate()
  return (
    <>
      <Switch isSelected={draft.numbered} onChange={(numbered) => change({ numbered })}>
        {t('exports.numbered')}
      </Switch>
      {draft.numbered && (
        <div className={styles.numbers}>
          <TextField
            label={t('exports.prefix')}
            maxLength={20}
            value={draft.prefix}
            onChange={(prefix) => change({ prefix })}
          />
          <Amount label="exports.from" value={draft.from} onChange={(from) => change({ from })} />
          <Amount label="exports.digits" value={draft.digits} onChange={(digits) => change({ digits })} />
        </div>
      )}
    </>
  )
}

function Amount(props: { label: MessageId; value: string; onChange: (value: string) => void }) {
  const t = useTranslate()
  return <TextField {...props} label={t(props.label)} inputMode="decimal" />
}
