import { useEffect, useState } from 'react'

export type CameraState = 'off' | 'starting' | 'live' | 'denied' | 'missing' | 'busy'

export interface Camera {
  state: CameraState
  stream: MediaStream | undefined
  /** Those that can be chosen from; their names are known once one was allowed. */
  cameras: readonly { id: string; name: string }[]
  /** Undefined where the camera has no light. */
  light: { isOn: boolean; turn: (isOn: boolean) => void } | undefined
}

interface Open {
  stream: MediaStream
  cameras: Camera['cameras']
}

/** The camera while `isOn`; the one at the back where there are two, unless another was chosen. */
export function useCamera(isOn: boolean, cameraId: string): Camera {
  const [outcome, setOutcome] = useState<Open | Trouble>()
  const [isLit, setLit] = useState(false)
  useEffect(() => {
    if (!isOn) return undefined
    const stop = new AbortController()
    void tryCamera(cameraId, stop.signal).then((tried) => stop.signal.aborted || setOutcome(tried))
    return () => {
      stop.abort()
      setOutcome(undefined)
      setLit(false)
    }
  }, [isOn, cameraId])
  const open = typeof outcome === 'object' ? outcome : undefined
  const turn = (on: boolean): void => {
    if (open) void turnLight(open.stream, on).then(() => setLit(on))
  }
  const hasLight = open !== undefined && canLight(open.stream)
  return {
    state: isOn ? stateOf(outcome) : 'off',
    stream: open?.stream,
    cameras: open?.cameras ?? [],
    light: hasLight ? { isOn: isLit, turn } : undefined,
  }
}

type Trouble = 'denied' | 'missing' | 'busy'

function stateOf(outcome: Open | Trouble | undefined): CameraState {
  if (outcome === undefined) return 'starting'
  return typeof outcome === 'object' ? 'live' : outcome
}

/** The camera until the signal, or why there is none. */
async function tryCamera(cameraId: string, signal: AbortSignal): Promise<Open | Trouble> {
  try {
    const open = await openCamera(cameraId)
    if (signal.aborted) closeCamera(open.stream)
    else signal.addEventListener('abort', () => closeCamera(open.stream))
    return open
  } catch (error) {
    return troubleOf(error)
  }
}

async function openCamera(cameraId: string): Promise<Open> {
  const media = mediaDevices()
  if (!media) throw new DOMException('There is no camera here.', 'NotFoundError')
  const which = cameraId === '' ? { facingMode: 'environment' } : { deviceId: cameraId }
  const video = { ...which, width: { ideal: 1280 }, height: { ideal: 720 } }
  const stream = await media.getUserMedia({ video, audio: false })
  const devices = await media.enumerateDevices()
  const cameras = devices
    .filter(({ kind }) => kind === 'videoinput')
    .map(({ deviceId, label }) => ({ id: deviceId, name: label }))
  return { stream, cameras }
}

/** Absent in a browser that came over plain HTTP from another machine, whatever the types say. */
function mediaDevices(): MediaDevices | undefined {
  return (navigator as { mediaDevices?: MediaDevices }).mediaDevices
}

function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

function troubleOf(error: unknown): Trouble {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'busy'
}

function canLight(stream: MediaStream): boolean {
  const abilities = stream.getVideoTracks()[0]?.getCapabilities() as { torch?: boolean } | undefined
  return abilities?.torch === true
}

async function turnLight(stream: MediaStream, torch: boolean): Promise<void> {
  const wish: MediaTrackConstraintSet & { torch: boolean } = { torch }
  await stream.getVideoTracks()[0]?.applyConstraints({ advanced: [wish] })
}
