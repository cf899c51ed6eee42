import { encodeQR } from 'qr'
import { useMemo } from 'react'
import styles from './code-thumbnail.module.css'

/** One path of unit squares for the dark modules of a matrix. */
export function pathOfModules(matrix: readonly (readonly boolean[])[]): string {
  const runs: string[] = []
  matrix.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue
      const start = x
      while (row[x + 1]) x += 1
      runs.push(`M${start} ${y}h${x - start + 1}v1H${start}z`)
    }
  })
  return runs.join('')
}

/** A small picture of the code, drawn here: a list of a hundred must not be a hundred requests. */
export function CodeThumbnail({ text }: { text: string }) {
  const { path, size } = useMemo(() => {
    const matrix = encodeQR(text, 'raw', { ecc: 'low', border: 1 })
    return { path: pathOfModules(matrix), size: matrix.length }
  }, [text])
  return (
    <svg className={styles.code} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" aria-hidden>
      <path d={path} fill="#000" />
    </svg>
  )
}
