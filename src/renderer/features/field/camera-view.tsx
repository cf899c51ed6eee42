import { Camera as CameraIcon, CameraOff, Flashlight } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react'
import { cx } from '../../lib/cx.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { aimingBox } from './aiming-box.ts'
import type { CodeReader } from './code-reader.ts'
import type { ChangeFieldPreferences, FieldPreferences } from './field-preferences.ts'
import { watchFrames, type Sighting } from './frame-loop.ts'
import { useCamera, type Camera, type CameraState } from './use-camera.ts'
import styles from './field.module.css'

interface CameraViewProps {
  preferences: FieldPreferences
  change: ChangeFieldPreferences
  reader: CodeReader
  video: RefObject<HTMLVideoElement | null>
  /** The codes of the item on the table. */
  current: readonly string[]
  isPaused: boolean
  onSight: (sighting: Sighting) => void
}

export function CameraView(props: CameraViewProps) {
  const { preferences, change, video } = props
  const t = useTranslate()
  const isOn = preferences.camera
  const camera = useCamera(isOn, preferences.cameraId)
  const trouble = useFrames(camera, props)
  return (
    <div className={styles.camera}>
      {isOn && <Film camera={camera} video={video} isPaused={props.isPaused} />}
      {isOn && <CameraTrouble state={camera.state} />}
      {trouble !== undefined && (
        <Notice tone="bad" title={t('field.camera.broken')}>
          {t('field.camera.broken.text', { reason: trouble })}
        </Notice>
      )}
      <div className={styles.row}>
        {isOn ? (
          <Button icon={<CameraOff aria-hidden />} onPress={() => change({ camera: false })}>
            {t('field.camera.stop')}
          </Button>
        ) : (
          <Button
            tone="primary"
            className={styles.start}
            icon={<CameraIcon aria-hidden />}
            onPress={() => change({ camera: true })}
          >
            {t('field.camera.start')}
          </Button>
        )}
        <CameraTools camera={camera} preferences={preferences} change={change} />
      </div>
    </div>
  )
}

/** Reads frames while the camera is live; says what is wrong with the reader, if anything. */
function useFrames(
  { stream }: Camera,
  { reader, video, current, onSight }: CameraViewProps,
): string | undefined {
  const [trouble, setTrouble] = useState<string>()
  const sight = useEffectEvent(onSight)
  const onTable = useEffectEvent(() => current)
  useEffect(() => {
    const element = video.current
    if (!element || !stream) return undefined
    return watchFrames({
      video: element,
      stream,
      reader,
      current: () => onTable(),
      onSight: (sighting) => sight(sighting),
      onTrouble: setTrouble,
    })
  }, [stream, reader, video])
  return trouble
}

interface FilmProps {
  camera: Camera
  video: RefObject<HTMLVideoElement | null>
  isPaused: boolean
}

function Film({ camera, video, isPaused }: FilmProps) {
  const t = useTranslate()
  const box = useRef<HTMLDivElement>(null)
  const measure = ({ videoWidth, videoHeight }: HTMLVideoElement): void => {
    const share = `${aimingBox(videoWidth, videoHeight).share * 100}%`
    if (box.current) Object.assign(box.current.style, { width: share, height: share })
  }
  if (camera.state !== 'live' && camera.state !== 'starting') return null
  return (
    <div className={styles.film}>
      <video
        ref={video}
        autoPlay
        muted
        playsInline
        aria-label={t('field.camera.view')}
        onLoadedMetadata={({ currentTarget }) => measure(currentTarget)}
      />
      <div ref={box} className={cx(styles.aim, camera.state === 'live' && styles.aimLive)} aria-hidden />
      <p className={styles.filmText}>
        {t(
          camera.state === 'starting'
            ? 'field.camera.starting'
            : isPaused
              ? 'field.camera.paused'
              : 'field.camera.aim',
        )}
      </p>
    </div>
  )
}

const troubles: Partial<Record<CameraState, { title: MessageId; text: MessageId }>> = {
  denied: { title: 'field.camera.denied', text: 'field.camera.denied.text' },
  missing: { title: 'field.camera.missing', text: 'field.camera.missing.text' },
  busy: { title: 'field.camera.busy', text: 'field.camera.busy.text' },
}

function CameraTrouble({ state }: { state: CameraState }) {
  const t = useTranslate()
  const trouble = troubles[state]
  if (!trouble) return null
  return (
    <Notice tone="warn" title={t(trouble.title)}>
      {t(trouble.text)}
    </Notice>
  )
}

type ToolsProps = { camera: Camera } & Pick<CameraViewProps, 'preferences' | 'change'>

function CameraTools({ camera, preferences, change }: ToolsProps) {
  const t = useTranslate()
  const { light, cameras } = camera
  const choices = cameras.map(({ id, name }, at) => ({
    id,
    name: name || t('field.camera.unnamed', { number: at + 1 }),
  }))
  return (
    <>
      {light && (
        <Button
          icon={<Flashlight aria-hidden />}
          aria-pressed={light.isOn}
          onPress={() => light.turn(!light.isOn)}
        >
          {t('field.camera.light')}
        </Button>
      )}
      {choices.length > 1 && (
        <SelectField
          bare
          label={t('field.camera.choose')}
          choices={choices}
          value={choices.find(({ id }) => id === preferences.cameraId)?.id ?? choices[0]?.id ?? null}
          onChange={(cameraId) => change({ cameraId })}
        />
      )}
    </>
  )
}
