import { aimingBox } from './aiming-box.ts'
import type { CodeReader } from './code-reader.ts'
import { SightMemory } from './sight-memory.ts'

/** Ten to fifteen a second are as good as sixty, and leave a telephone cool. */
const between = 70

export interface Sighting {
  /** Codes that were not in sight just before. */
  fresh: string[]
  /** All codes of the frame. */
  inSight: string[]
  /** When the frame was taken off the film, on the page's clock. */
  frameAt: number
}

interface Looking {
  video: HTMLVideoElement
  stream: MediaStream
  reader: CodeReader
  /** The codes of the item on the table. */
  current: () => readonly string[]
  onSight: (sighting: Sighting) => void
  onTrouble: (error: string) => void
}

/** Shows the film and reads the middle of each frame until it is told to stop; one frame at a time. */
export function watchFrames({ video, stream, reader, current, onSight, onTrouble }: Looking): () => void {
  const canvas = new OffscreenCanvas(1, 1)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  const memory = new SightMemory()
  let isBusy = false
  let last = 0
  let isOver = false
  async function look(frameAt: number): Promise<void> {
    const picture = cutOut(video, canvas, context)
    if (!picture) return
    const { carriers, error } = await reader.read(picture)
    if (isOver) return
    if (error !== undefined) onTrouble(error)
    const fresh = memory.fresh(carriers, performance.now(), current())
    if (fresh.length > 0) onSight({ fresh, inSight: carriers, frameAt })
  }
  function tick(): void {
    if (isOver) return
    const now = performance.now()
    if (!isBusy && now - last >= between) {
      isBusy = true
      last = now
      void look(now).finally(() => (isBusy = false))
    }
    video.requestVideoFrameCallback(tick)
  }
  video.srcObject = stream
  video.requestVideoFrameCallback(tick)
  return () => {
    isOver = true
    video.srcObject = null
  }
}

function cutOut(
  video: HTMLVideoElement,
  canvas: OffscreenCanvas,
  context: OffscreenCanvasRenderingContext2D | null,
): ImageData | undefined {
  if (!context || video.videoWidth === 0) return undefined
  const { x, y, width, height, scaledWidth, scaledHeight } = aimingBox(video.videoWidth, video.videoHeight)
  if (canvas.width !== scaledWidth) canvas.width = scaledWidth
  if (canvas.height !== scaledHeight) canvas.height = scaledHeight
  context.drawImage(video, x, y, width, height, 0, 0, scaledWidth, scaledHeight)
  return context.getImageData(0, 0, scaledWidth, scaledHeight)
}

/** Pictures of cameras are larger than any code needs. */
const largest = 2400

/** A picture file as pixels. Rejects what is no picture. */
export async function pixelsOf(file: Blob): Promise<ImageData> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, largest / Math.max(picture.width, picture.height))
  const [width, height] = [Math.ceil(picture.width * scale), Math.ceil(picture.height * scale)]
  const context = new OffscreenCanvas(width, height).getContext('2d')
  if (!context) throw new Error('There is no canvas.')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.drawImage(picture, 0, 0, width, height)
  picture.close()
  return context.getImageData(0, 0, width, height)
}

/** What the camera sees now, as a photo for the record. */
export async function photoOf(video: HTMLVideoElement): Promise<Blob> {
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight)
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })
}
