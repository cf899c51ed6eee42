import { cx } from '../../lib/cx.ts'
import styles from './order-panel.module.css'

/** Gives a picture the bytes that were fetched, and lets them go with it. */
function showBlob(blob: Blob): (image: HTMLImageElement) => () => void {
  return (image) => {
    const url = URL.createObjectURL(blob)
    image.src = url
    return () => URL.revokeObjectURL(url)
  }
}

/** A ticket as paper, which is white in every theme. */
export function BlobPicture({ blob, alt }: { blob: Blob; alt: string }) {
  return <img className={cx(styles.paper)} ref={showBlob(blob)} alt={alt} />
}
