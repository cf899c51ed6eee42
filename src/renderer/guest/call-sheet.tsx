import { useState } from 'react'
import { ApiError } from '#contract/errors.ts'
import type { CallKind } from './guest-api.ts'
import { useGuestText } from './guest-text.ts'
import { randomKey } from './kept.ts'
import { Sheet } from './sheet.tsx'
import type { GuestParts } from './use-guest.ts'
import styles from './guest.module.css'

const kinds: readonly CallKind[] = ['waiter', 'bill', 'water', 'cutlery', 'clean', 'help', 'other']

type CallState =
  | { step: 'ask' | 'done' }
  | { step: 'sending'; share: number }
  | { step: 'failed'; why: string }

/** Calls somebody: one touch opened this, the second says why. */
export function CallSheet({ parts, onClose }: { parts: GuestParts; onClose: () => void }) {
  const { t } = useGuestText()
  const [state, setState] = useState<CallState>({ step: 'ask' })
  // One key for a kind while this is open: a call whose answer was lost is not made twice.
  const [keys] = useState(() => new Map(kinds.map((kind) => [kind, randomKey()])))
  const [tokens] = useState(() => new Map<CallKind, string>())
  async function call(kind: CallKind): Promise<void> {
    setState({ step: 'sending', share: 0 })
    try {
      const onProgress = (share: number) => setState({ step: 'sending', share })
      const token = tokens.get(kind) ?? (await parts.api.earnToken('service_request', onProgress))
      tokens.set(kind, token)
      await parts.api.callService({ kind, table_code: parts.code }, token, keys.get(kind) ?? '')
      setState({ step: 'done' })
    } catch (error) {
      if (error instanceof ApiError && error.errors?.['rcaptcha_token']) tokens.delete(kind)
      const isForGuest = error instanceof ApiError && error.errors?.['table_code'] !== undefined
      setState({ step: 'failed', why: isForGuest ? t('guest.unknown.help') : t('guest.call.failed') })
    }
  }
  return (
    <Sheet title={state.step === 'done' ? t('guest.call') : t('guest.call.what')} onClose={onClose}>
      {state.step === 'done' ? (
        <>
          <output className={styles.notice} data-tone="good">
            {t('guest.call.done')}
          </output>
          <button type="button" className={styles.primary} onClick={onClose}>
            {t('guest.close')}
          </button>
        </>
      ) : (
        <>
          {state.step === 'failed' && (
            <p className={styles.notice} data-tone="bad" role="alert">
              {state.why}
            </p>
          )}
          {state.step === 'sending' && (
            <output className={styles.notice}>
              <span>{t('guest.call.sending')}</span>
              <progress value={state.share} max={1} aria-label={t('guest.call.sending')} />
            </output>
          )}
          <div className={styles.calls}>
            {kinds.map((kind) => (
              <button
                key={kind}
                type="button"
                className={styles.plain}
                disabled={state.step === 'sending'}
                onClick={() => void call(kind)}
              >
                {t(`guest.call.${kind}`)}
              </button>
            ))}
          </div>
        </>
      )}
    </Sheet>
  )
}
