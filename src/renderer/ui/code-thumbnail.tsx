import { strokesOf } from '#codes/qr/draw-svg.ts'
import { encodeQr } from '#codes/qr/encode-qr.ts'
import { useMemo } from 'react'
import styles from './code-thumbnail.module.css'

/** A small picture of the code, drawn here: a list of a hundred must not be a hundred requests. */
export function CodeThumbnail({ text }: { text: string }) {
  const { path, size } = useMemo(() => {
    const code = encodeQr(text, { level: 'L' })
    return { path: strokesOf(code, 1), size: code.size + 2 }
  }, [text])
  return (
    <svg className={styles.code} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" aria-hidden>
      <path d={path} stroke="#000" />
    </svg>
  )
}
