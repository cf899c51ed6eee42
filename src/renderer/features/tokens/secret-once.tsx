import { Check, Copy } from 'lucide-react'
import { useTranslate } from '../../lib/translate.ts'
import { useCopy } from '../../lib/use-copy.ts'
import { Button } from '../../ui/button.tsx'
import { DialogBody, DialogFoot } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './tokens.module.css'

/** The secret, shown this once: only its hash is kept. */
export function SecretOnce({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useTranslate()
  const { copied, copy } = useCopy()
  return (
    <>
      <DialogBody>
        <Notice tone="warn" title={t('tokens.secret.title')}>
          {t('tokens.secret.text')}
        </Notice>
        <output className={styles.secret} aria-label={t('tokens.secret')}>
          {secret}
        </output>
        <Button
          tone="primary"
          icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          onPress={() => void copy(secret)}
        >
          {copied ? t('ui.copied') : t('tokens.secret.copy')}
        </Button>
      </DialogBody>
      <DialogFoot>
        <Button onPress={onClose}>{t('tokens.secret.done')}</Button>
      </DialogFoot>
    </>
  )
}
