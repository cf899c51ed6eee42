import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../lib/api.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { Dialog, DialogBody } from '../../ui/dialog.tsx'
import { Skeleton } from '../../ui/empty-state.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { useToast } from '../../ui/toast.tsx'
import { LinkForm } from './link-form.tsx'
import { linkQuery } from './queries.ts'

interface LinkPanelProps {
  /** `new`, the id of a link, or undefined while closed. */
  panel: string | undefined
  onClose: () => void
}

/** Makes or edits a link beside the list. */
export function LinkPanel({ panel, onClose }: LinkPanelProps) {
  const t = useTranslate()
  const toast = useToast()
  const saved = (slug: string): void => {
    toast({ title: panel === 'new' ? t('links.created', { slug }) : t('links.saved', { slug }) })
    onClose()
  }
  return (
    <Dialog
      title={panel === 'new' ? t('links.new') : t('links.editTitle')}
      isOpen={panel !== undefined}
      onClose={onClose}
      place="side"
    >
      {panel === 'new' && <LinkForm original={undefined} onSaved={saved} onClose={onClose} />}
      {panel !== undefined && panel !== 'new' && <EditLink id={panel} onSaved={saved} onClose={onClose} />}
    </Dialog>
  )
}

interface EditLinkProps {
  id: string
  onSaved: (slug: string) => void
  onClose: () => void
}

function EditLink({ id, onSaved, onClose }: EditLinkProps) {
  const t = useTranslate()
  const api = useApi()
  // The version that is edited is the one read on opening: nothing may be laid over it while somebody types.
  const { data, error, refetch } = useQuery({
    ...linkQuery(api, id),
    queryKey: ['qr-link-edit', id],
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  if (data) {
    const reload = (): void => void refetch()
    return <LinkForm key={data.etag} original={data} onSaved={onSaved} onClose={onClose} reload={reload} />
  }
  return (
    <DialogBody>
      {error === null ? (
        <Skeleton label={t('ui.loading')} />
      ) : (
        <FailureNotice error={error} retry={() => void refetch()} />
      )}
    </DialogBody>
  )
}
