import { CheckboxGroup, Label } from 'react-aria-components'
import type { Scope } from '#contract/endpoint.ts'
import { cx } from '../../lib/cx.ts'
import { useTranslate } from '../../lib/translate.ts'
import formStyles from '../../ui/form.module.css'
import { Checkbox, Switch } from '../../ui/toggle.tsx'
import { useScopeNames } from './scope-names.ts'
import { groupScopes } from './scope-groups.ts'
import styles from './tokens.module.css'

interface ScopePickerProps {
  value: Scope[]
  onChange: (scopes: Scope[]) => void
  errors: readonly string[]
}

const groups = groupScopes()

/** What a token may do, by subject; or all of it, which is warned of. */
export function ScopePicker({ value, onChange, errors }: ScopePickerProps) {
  const t = useTranslate()
  const { nameOf, verbOf } = useScopeNames()
  const everything = value.includes('*')
  return (
    <div className={formStyles.group}>
      <Switch
        isSelected={everything}
        onChange={(on) => onChange(on ? ['*'] : [])}
        note={t('tokens.everything.note')}
      >
        {t('tokens.everything')}
      </Switch>
      {!everything && (
        <CheckboxGroup
          className={cx(styles.scopeGroups)}
          value={value}
          onChange={(next) => onChange(next as Scope[])}
          isInvalid={errors.length > 0}
        >
          <Label className={formStyles.legend ?? ''}>{t('tokens.scopes')}</Label>
          {groups.map((group) => (
            <div key={group.name} className={styles.scopeGroup}>
              <span>{nameOf(group.name)}</span>
              {group.scopes.map((scope) => (
                <Checkbox key={scope} value={scope} aria-label={scope}>
                  {verbOf(scope)}
                </Checkbox>
              ))}
            </div>
          ))}
        </CheckboxGroup>
      )}
      {errors.map((sentence) => (
        <p key={sentence} className={formStyles.wrong}>
          {sentence}
        </p>
      ))}
    </div>
  )
}
