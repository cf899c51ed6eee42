import { useMutation, useQueryClient } from '@tanstack/react-query'
import { createToken, type NewToken } from '#contract/tokens.ts'
import { useApi } from '../../lib/api.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { SecretOnce } from './secret-once.tsx'
import { TokenForm } from './token-form.tsx'

interface NewTokenDialogProps {
  isOpen: boolean
  onClose: () => void
}

export function NewTokenDialog({ isOpen, onClose }: NewTokenDialogProps) {
  const t = useTranslate()
  return (
    <Dialog title={t('tokens.create')} isOpen={isOpen} onClose={onClose} place="side">
      <NewTokenSteps onClose={onClose} />
    </Dialog>
  )
}

function NewTokenSteps({ onClose }: { onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const create = useMutation({
    mutationFn: (body: NewToken) => api.call(createToken, { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['tokens'] }),
    // The secret must not outlive the dialog.
    gcTime: 0,
  })
  if (create.data) return <SecretOnce secret={create.data.plain_text_token} onClose={onClose} />
  return (
    <TokenForm error={create.error} isPending={create.isPending} save={create.mutate} onClose={onClose} />
  )
}
