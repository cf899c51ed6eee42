import { useTranslate } from '../../lib/translate.ts'
import type { LocalPreview } from './local-preview.ts'
import styles from './imports.module.css'

/** The first rows as they stand in the file, before they are checked. */
export function LocalTable({ preview }: { preview: LocalPreview }) {
  const t = useTranslate()
  return (
    <div className={styles.local} role="region" aria-label={t('imports.firstRows.label')} tabIndex={0}>
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
    </div>
  )
}
