import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Notice } from '../../ui/notice.tsx'
import type { Judged, StudioDraft } from './studio-draft.ts'
import layout from '../../ui/layout.module.css'
import styles from './studio.module.css'

/** The code as it will be; an image can run nothing, whatever is in it. */
export function CodePreview({ draft, judged }: { draft: StudioDraft; judged: Judged }) {
  const t = useTranslate()
  const { code, svg, tooLong } = judged
  const { number } = useFormats()
  if (tooLong)
    return (
      <Notice tone="bad" title={t('studio.tooLong')}>
        {t('studio.tooLong.text', { bytes: number(tooLong.bytes), most: number(tooLong.most) })}
      </Notice>
    )
  if (code === undefined || svg === undefined) return <p className={layout.soft}>{t('studio.empty')}</p>
  const facts = { version: code.version, modules: code.size, level: code.level }
  return (
    <figure className={styles.preview}>
      <img
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`}
        alt={t('studio.alt', { text: draft.text.slice(0, 120) })}
      />
      <figcaption className={layout.soft}>{t('studio.facts', facts)}</figcaption>
    </figure>
  )
}
