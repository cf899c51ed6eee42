import { useTranslate } from '../../lib/translate.ts'
import type { LocalPreview } from './local-preview.ts'
import styles from './imports.module.css'

/** The first rows as they stand in the file, before they are checked. */
export function LocalTable({ preview }: { preview: LocalPreview }) {
  const t = useTranslate()
  return (
    <section
      className={styles.local}
      aria-label={t('imports.firstRows.label')}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- arrows must be able to scroll it
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            {preview.columns.map((name, index) => (
              <th key={index} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row, index) => (
            <tr key={index}>
              {preview.columns.map((_, column) => (
                <td key={column}>{row[column]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
