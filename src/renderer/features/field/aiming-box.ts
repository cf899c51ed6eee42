/** As large as the reader gets a frame: more costs time and finds nothing more. */
const widest = 640

/** The view shows the middle of the film at this shape, whatever the camera's own is. */
const viewShape = 4 / 3

export interface AimingBox {
  /** What to cut out of the frame, in its pixels. */
  x: number
  y: number
  width: number
  height: number
  /** How large it is made for the reader. */
  scaledWidth: number
  scaledHeight: number
  /** Its part of the view, from 0 to 1, the same both ways. */
  share: number
}

/** The part of a frame that is read: the middle, at most 640×480 when it is read. */
export function aimingBox(frameWidth: number, frameHeight: number): AimingBox {
  const viewWidth = Math.min(frameWidth, frameHeight * viewShape)
  const share = Math.min(0.9, Math.max(2 / 3, widest / viewWidth))
  const width = Math.round(viewWidth * share)
  const height = Math.round(width / viewShape)
  const scale = Math.min(1, widest / width)
  return {
    x: Math.round((frameWidth - width) / 2),
    y: Math.round((frameHeight - height) / 2),
    width,
    height,
    scaledWidth: Math.round(width * scale),
    scaledHeight: Math.round(height * scale),
    share,
  }
}
