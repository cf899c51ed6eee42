import { ArrowLeft, Keyboard } from 'lucide-react'
import { useState } from 'react'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { useFieldPreferences } from './field-preferences.ts'
import { readTokens, type ScannerProfile, type Unlearned, learnProfile } from './scanner-profile.ts'
import { linearPath, matrixPath, testLinear, testMatrix } from './test-codes.ts'
import { useKeyboardScanner } from './use-keyboard-scanner.ts'
import styles from './field.module.css'

interface Failed {
  why: Unlearned
  text: string
}

/** Finds out what a keyboard scanner does to GS1's separator, and keeps it for this device. */
export function ScannerScreen() {
  const t = useTranslate()
  const [{ scanner }, change] = useFieldPreferences()
  const [failed, setFailed] = useState<Failed>()
  useKeyboardScanner((tokens) => {
    const learned = learnProfile(tokens)
    if (typeof learned === 'string') setFailed({ why: learned, text: readTokens(tokens) })
    else {
      setFailed(undefined)
      change({ scanner: learned })
    }
  })
  return (
    <Page
      title={t('scanner.title')}
      lead={t('scanner.lead')}
      back={
        <div className={styles.row}>
          <LinkButton to="/field" tone="quiet" icon={<ArrowLeft aria-hidden />}>
            {t('scanner.back')}
          </LinkButton>
        </div>
      }
    >
      <div className={styles.setup}>
        <Card title={t('scanner.test')}>
          <TestCodes />
          <p className={styles.quiet}>{t('scanner.test.hint')}</p>
        </Card>
        <Card title={t('scanner.found')}>
          <div className={styles.live} aria-live="polite">
            {failed && <FailedNotice failed={failed} />}
            {scanner && <Profile profile={scanner} />}
            {!scanner && !failed && (
              <EmptyState icon={<Keyboard aria-hidden />} title={t('scanner.none')}>
                {t('scanner.none.text')}
              </EmptyState>
            )}
          </div>
          {scanner && (
            <div className={styles.row}>
              <Button tone="quiet" onPress={() => change({ scanner: undefined })}>
                {t('scanner.forget')}
              </Button>
            </div>
          )}
        </Card>
      </div>
    </Page>
  )
}

/** Black on white in every theme, with the quiet zone that scanners need. */
function TestCodes() {
  const t = useTranslate()
  const side = testMatrix.length
  const { path, width } = linearPath(testLinear)
  return (
    <div className={styles.testCodes}>
      <figure>
        <svg
          viewBox={`-3 -3 ${side + 6} ${side + 6}`}
          className={styles.testMatrix}
          shapeRendering="crispEdges"
          aria-hidden
        >
          <path d={matrixPath(testMatrix)} />
        </svg>
        <figcaption>{t('scanner.test.matrix')}</figcaption>
      </figure>
      <figure>
        <svg
          viewBox={`-12 -0.1 ${width + 24} 1.2`}
          preserveAspectRatio="none"
          className={styles.testLinear}
          shapeRendering="crispEdges"
          aria-hidden
        >
          <path d={path} />
        </svg>
        <figcaption>{t('scanner.test.linear')}</figcaption>
      </figure>
    </div>
  )
}

function FailedNotice({ failed: { why, text } }: { failed: Failed }) {
  const t = useTranslate()
  const shown = { text: text.replaceAll('\u001D', '␝').slice(0, 80) }
  return why === 'layout' ? (
    <Notice tone="warn" title={t('scanner.layout')}>
      {t('scanner.layout.text', shown)}
    </Notice>
  ) : (
    <Notice tone="warn" title={t('scanner.other')}>
      {t('scanner.other.text', shown)}
    </Notice>
  )
}

function Profile({ profile }: { profile: ScannerProfile }) {
  const t = useTranslate()
  const ends = { Enter: 'scanner.end.enter', Tab: 'scanner.end.tab', pause: 'scanner.end.pause' } as const
  const isLost = profile.separator === 'lost'
  const facts = [
    { name: t('scanner.gs'), value: useSeparatorWords(profile.separator) },
    {
      name: t('scanner.aim'),
      value: t(profile.symbology === 'sent' ? 'scanner.aim.sent' : 'scanner.aim.missing'),
    },
    ...(profile.prefix === ''
      ? []
      : [{ name: t('scanner.prefix'), value: t('scanner.prefix.text', { prefix: profile.prefix }) }]),
    { name: t('scanner.end'), value: t(ends[profile.end]) },
    ...(profile.swapsCase ? [{ name: t('scanner.case'), value: t('scanner.case.swapped') }] : []),
  ]
  return (
    <>
      <Notice tone={isLost ? 'bad' : 'info'} title={t(isLost ? 'scanner.lost' : 'scanner.good')}>
        {t(isLost ? 'scanner.lost.text' : 'scanner.good.text')}
      </Notice>
      <dl className={styles.facts}>
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function useSeparatorWords(separator: ScannerProfile['separator']): string {
  const t = useTranslate()
  if (separator === 'lost') return t('scanner.gs.lost')
  if ('key' in separator) return t('scanner.gs.key', { key: separator.key })
  return separator.text === '\u001D' ? t('scanner.gs.sent') : t('scanner.gs.text', { text: separator.text })
}
