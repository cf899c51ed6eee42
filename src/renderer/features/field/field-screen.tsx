import { Keyboard, ScanBarcode, Volume2, VolumeX } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { useBusiness } from '../../lib/business.tsx'
import { cx } from '../../lib/cx.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { ActionPanel } from './action-panel.tsx'
import { CameraView } from './camera-view.tsx'
import { CodeReader } from './code-reader.ts'
import { useFieldPreferences } from './field-preferences.ts'
import { HandForm } from './hand-form.tsx'
import { elementsOf } from './item-carriers.ts'
import { PictureButton } from './picture-button.tsx'
import { RecentList } from './recent-list.tsx'
import { useRecentScans, type RecentScan } from './recent-scans.ts'
import { readTokens } from './scanner-profile.ts'
import { useKeyboardScanner } from './use-keyboard-scanner.ts'
import { useScanSession, type Scanned, type ScanSession } from './use-scan-session.ts'
import { VerdictBody, VerdictHeadline } from './verdict-panel.tsx'
import { VerdictSound } from './verdict-sound.ts'
import styles from './field.module.css'

/** Begins anew for each business: what is on the table belongs to one of them. */
export function FieldScreen() {
  const { current } = useBusiness()
  return <Field key={current.id} businessId={current.id} />
}

function Field({ businessId }: { businessId: string }) {
  const t = useTranslate()
  const [preferences, change] = useFieldPreferences()
  const recent = useRecentScans(businessId)
  const sound = useVerdictSound()
  const session = useScanSession(businessId, (scanned) => {
    recent.put(recentOf(scanned))
    if (preferences.sound) void sound.play(scanned.verdict.verdict)
  })
  const video = useRef<HTMLVideoElement>(null)
  useKeyboardScanner((tokens) => session.scan([readTokens(tokens, preferences.scanner)]))
  const { current: scanned } = session
  const [recordingFor, setRecordingFor] = useState('')
  return (
    <Page
      title={t('field.title')}
      lead={t('field.lead')}
      actions={
        <>
          <Button
            icon={preferences.sound ? <Volume2 aria-hidden /> : <VolumeX aria-hidden />}
            aria-pressed={preferences.sound}
            onPress={() => change({ sound: !preferences.sound })}
          >
            {t('field.sound')}
          </Button>
          <LinkButton to="/field/scanner" icon={<Keyboard aria-hidden />}>
            {t('field.scannerSetup')}
          </LinkButton>
        </>
      }
    >
      <div className={styles.screen} data-answered={scanned !== undefined}>
        <Answer session={session}>
          {scanned && (
            <ActionPanel
              key={`actions-${scanned.id}`}
              scanned={scanned}
              preferences={preferences}
              change={change}
              onDraft={(isOpen) => setRecordingFor(isOpen ? scanned.id : '')}
              onRecorded={(words) => recent.note(scanned.id, words)}
              video={preferences.camera ? video : undefined}
            />
          )}
        </Answer>
        <Sources
          session={session}
          video={video}
          preferences={preferences}
          change={change}
          isPaused={scanned !== undefined && scanned.id === recordingFor}
        />
        <div className={styles.recent}>
          <RecentList recent={recent} again={(scan) => checkAgain(session, scan)} />
        </div>
      </div>
    </Page>
  )
}

function recentOf({ id, at, carriers, typed, verdict }: Scanned): RecentScan {
  const { result } = verdict
  const said = elementsOf(result).map(({ ai, value }) => `(${ai}) ${value}`)
  const name = said.join(' ') || carriers.join(' ')
  return { id, at, carriers, typed, verdict: verdict.verdict, name: name.slice(0, 200), recorded: null }
}

function checkAgain(session: ScanSession, { carriers, typed }: RecentScan): void {
  session.scan(carriers, { isNew: true, typed })
}

function useVerdictSound(): VerdictSound {
  const [sound] = useState(() => new VerdictSound())
  useEffect(() => () => void sound.close(), [sound])
  return sound
}

/** The answer is read out; what stands below it is not, since it changes while somebody types. */
function Answer({ session, children }: { session: ScanSession; children: ReactNode }) {
  const t = useTranslate()
  const { current, error, isChecking } = session
  return (
    <section className={styles.answer} aria-label={t('field.verdict')} aria-busy={isChecking}>
      {error !== null && <FailureNotice error={error} retry={session.retry} />}
      <div
        className={cx(current && styles.verdict)}
        data-verdict={current?.verdict.verdict}
        data-busy={isChecking}
      >
        <div aria-live="assertive">
          {current && <VerdictHeadline scanned={current} />}
          {!current && error === null && (
            <EmptyState
              icon={<ScanBarcode aria-hidden />}
              title={t(isChecking ? 'field.checking' : 'field.waiting')}
            >
              {t('field.waiting.text')}
            </EmptyState>
          )}
        </div>
        {current && <VerdictBody scanned={current} session={session} actions={children} />}
      </div>
    </section>
  )
}

type SourcesProps = {
  session: ScanSession
  video: RefObject<HTMLVideoElement | null>
  preferences: ReturnType<typeof useFieldPreferences>[0]
  change: ReturnType<typeof useFieldPreferences>[1]
  /** What comes into the camera's sight waits until what is being entered is recorded. */
  isPaused: boolean
}

/** The four ways in: camera, a scanner that types, a picture, the hand. */
function Sources({ session, video, preferences, change, isPaused }: SourcesProps) {
  const t = useTranslate()
  const reader = useCodeReader()
  return (
    <div className={styles.sources}>
      <CameraView
        preferences={preferences}
        change={change}
        reader={reader}
        video={video}
        current={session.current?.carriers ?? []}
        isPaused={isPaused}
        onSight={({ fresh, inSight, frameAt }) => {
          if (!isPaused) session.scan(fresh, { inSight, frameAt })
        }}
      />
      <div className={styles.row}>
        <PictureButton reader={reader} onCodes={(codes) => session.scan(codes, { isNew: true })} />
        <HandForm onCode={(code, typed) => session.scan([code], { isNew: true, typed })} />
      </div>
      {preferences.scanner?.separator === 'lost' ? (
        <p className={styles.caution}>
          {t('field.scanner.lost')} <LinkButton to="/field/scanner">{t('field.scanner.mend')}</LinkButton>
        </p>
      ) : (
        <p className={styles.quiet}>{t('field.scanner.listening')}</p>
      )}
    </div>
  )
}

/** One thread for the screen, started when it is shown. */
function useCodeReader(): CodeReader {
  const [reader] = useState(() => new CodeReader())
  useEffect(() => {
    reader.warmUp()
    return () => reader.close()
  }, [reader])
  return reader
}
