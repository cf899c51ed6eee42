import { useTranslate } from '../../lib/translate.ts'
import { elementsOf } from './item-carriers.ts'
import type { Scanned } from './use-scan-session.ts'
import { typedFacts } from './verdict-looks.ts'
import styles from './field.module.css'

/** What the codes of a thing say, and what is wrong with them. */
export function ItemFacts({ scanned }: { scanned: Scanned }) {
  const t = useTranslate()
  const { result } = scanned.verdict
  const typed = typedFacts.flatMap(({ id, name }) => {
    const value = scanned.typed[id]
    return value === undefined ? [] : { key: id, name: t(name), value }
  })
  const read = elementsOf(result).map(({ ai, title, display, carrier }) => ({
    key: `${carrier} ${ai} ${display}`,
    name: `(${ai}) ${title}`,
    value: display,
  }))
  const facts = [...read, ...typed]
  return (
    <section className={styles.part}>
      <h3>{t('field.item')}</h3>
      {facts.length === 0 && <p>{t('field.item.none')}</p>}
      <dl className={styles.facts}>
        {facts.map(({ key, name, value }) => (
          <div key={key}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {result.errors.length > 0 && (
        <>
          <h3>{t('field.problems')}</h3>
          <ul className={styles.problems}>
            {result.errors.slice(0, 5).map((finding) => (
              <li key={`${finding.carrier} ${finding.ai} ${finding.position} ${finding.message}`}>
                {finding.message}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
