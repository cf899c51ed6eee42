import { useQuery } from '@tanstack/react-query'
import { BadgeCheck, FileUp, KeyRound, Trash2, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { IntegrationCredential, IntegrationKey } from '#contract/integration-credentials.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { describeFailure } from '../../lib/failure.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/empty-state.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { TextField } from '../../ui/field.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { FormDialog, SaveForm } from '../../ui/form-dialog.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useToast } from '../../ui/toast.tsx'
import { credentialsQuery, useForgetCredential, useKeepCredential } from './queries.ts'
import { readSecret } from './read-secret.ts'
import styles from './credentials.module.css'

interface Field {
  id: string
  name: MessageId
  hint?: MessageId
  /** Left out where a person need not fill it in. */
  isRequired?: boolean
  /** Endings of the file that it can be read from; left out for a line that is typed. */
  files?: readonly string[]
  isSecret?: boolean
}

interface Service {
  id: IntegrationKey
  name: MessageId
  text: MessageId
  fields: readonly Field[]
}

/** A .p12 is refused by the server, which says how it is turned into what is taken. */
const certificates = ['.pem', '.cer', '.crt', '.der', '.p12', '.pfx']

const services: readonly Service[] = [
  {
    id: 'apple_wallet',
    name: 'signing.apple',
    text: 'signing.apple.text',
    fields: [
      { id: 'certificate', name: 'signing.certificate', isRequired: true, files: certificates },
      { id: 'private_key', name: 'signing.privateKey', isRequired: true, files: ['.pem', '.key'] },
      { id: 'passphrase', name: 'signing.passphrase', hint: 'signing.passphrase.hint', isSecret: true },
      { id: 'wwdr', name: 'signing.wwdr', isRequired: true, files: certificates },
    ],
  },
  {
    id: 'google_wallet',
    name: 'signing.google',
    text: 'signing.google.text',
    fields: [
      { id: 'service_account', name: 'signing.serviceAccount', isRequired: true, files: ['.json'] },
      { id: 'issuer_id', name: 'signing.issuer', isRequired: true },
    ],
  },
]

/** What cards are signed with: put in, seen masked, never shown again. */
export function SigningScreen() {
  const t = useTranslate()
  const { current } = useBusiness()
  const { data, error, refetch } = useQuery(credentialsQuery(useApi(), current.id))
  return (
    <>
      <p>{t('signing.lead')}</p>
      {error !== null && <FailureNotice error={error} retry={() => void refetch()} />}
      {!data && error === null && <Skeleton label={t('ui.loading')} />}
      {data &&
        services.map((service) => (
          <ServiceCard
            key={service.id}
            service={service}
            credential={data.find(({ integration }) => integration === service.id)}
          />
        ))}
    </>
  )
}

interface ServiceProps {
  service: Service
  credential: IntegrationCredential | undefined
}

function ServiceCard({ service, credential }: ServiceProps) {
  const t = useTranslate()
  const [isOpen, setOpen] = useState(false)
  return (
    <Card title={t(service.name)}>
      <p className={styles.soft}>{t(service.text)}</p>
      {credential && <Kept credential={credential} />}
      <div className={styles.tools}>
        <Button icon={<KeyRound aria-hidden />} onPress={() => setOpen(true)}>
          {t(credential ? 'signing.replace' : 'signing.add')}
        </Button>
        {credential && <Forget credential={credential} />}
      </div>
      <FormDialog title={t(service.name)} isOpen={isOpen} onClose={() => setOpen(false)} place="side">
        <KeepFields service={service} credential={credential} onClose={() => setOpen(false)} />
      </FormDialog>
    </Card>
  )
}

/** What the fields are called that the server shows, masked. */
const names: Record<string, MessageId> = {
  pass_type: 'signing.passType',
  team: 'signing.team',
  certificate: 'signing.certificate',
  private_key: 'signing.privateKey',
  wwdr: 'signing.wwdr',
  digest: 'signing.digest',
  service_account: 'signing.serviceAccount',
  issuer_id: 'signing.issuer',
}

function Kept({ credential }: { credential: IntegrationCredential }) {
  const t = useTranslate()
  const formats = useFormats()
  const { masked, valid_until: until, warnings } = credential
  return (
    <>
      <div className={styles.tools}>
        <StatusBadge icon={BadgeCheck} tone="good">
          {t('signing.ready')}
        </StatusBadge>
        {warnings.map((warning) => (
          <StatusBadge key={warning} icon={TriangleAlert} tone="warn">
            {warning}
          </StatusBadge>
        ))}
      </div>
      <Facts>
        {Object.entries(masked).map(([name, value]) => (
          <Fact key={name} name={names[name] ? t(names[name]) : name.replaceAll('_', ' ')}>
            {value}
          </Fact>
        ))}
        <Fact name={t('signing.until')}>{until && formats.date(until)}</Fact>
      </Facts>
    </>
  )
}

function Forget({ credential }: { credential: IntegrationCredential }) {
  const t = useTranslate()
  const toast = useToast()
  const forget = useForgetCredential()
  const [isAsking, setAsking] = useState(false)
  const onConfirm = (): void =>
    forget.mutate(credential.id, {
      onSuccess: () => toast({ title: t('signing.forgotten') }),
      onError: (error) => {
        const { title, advice } = describeFailure(error, t)
        toast({ title, detail: advice, tone: 'bad' })
      },
    })
  return (
    <>
      <Button icon={<Trash2 aria-hidden />} onPress={() => setAsking(true)}>
        {t('signing.forget')}
      </Button>
      <ConfirmDialog
        title={t('signing.forget.of', { what: credential.name })}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        action={t('signing.forget')}
        onConfirm={onConfirm}
      >
        <p>{t('signing.forget.text')}</p>
      </ConfirmDialog>
    </>
  )
}

function KeepFields({ service, credential, onClose }: ServiceProps & { onClose: () => void }) {
  const t = useTranslate()
  const toast = useToast()
  const { current } = useBusiness()
  const keep = useKeepCredential()
  const [values, setValues] = useState<Record<string, string>>({})
  const set = (id: string, value: string): void => setValues((before) => ({ ...before, [id]: value }))
  const onSave = (): void => {
    const filled = Object.entries(values).filter(([, value]) => value.trim() !== '')
    const credentials = Object.fromEntries(filled)
    keep.mutate(
      { id: credential?.id, business_id: current.id, integration: service.id, credentials },
      {
        onSuccess: () => {
          toast({ title: t('signing.kept') })
          onClose()
        },
      },
    )
  }
  return (
    <SaveForm error={keep.error} isPending={keep.isPending} onSave={onSave} onClose={onClose}>
      <p>{t('signing.once')}</p>
      {service.fields.map(({ id, name, hint, isRequired = false, files, isSecret = false }) => (
        <div key={id} className={styles.field}>
          <TextField
            name={`credentials.${id}`}
            label={t(name)}
            isRequired={isRequired}
            mono
            autoComplete="off"
            value={values[id] ?? ''}
            onChange={(value) => set(id, value)}
            {...(hint && { hint: t(hint) })}
            {...(files && { rows: 4 })}
            {...(isSecret && { type: 'password' as const })}
          />
          {files && (
            <FileTrigger
              acceptedFileTypes={[...files]}
              onSelect={(chosen) => void readSecret(chosen?.[0]).then((text) => set(id, text))}
            >
              <Button
                small
                icon={<FileUp aria-hidden />}
                aria-label={t('signing.file.of', { what: t(name) })}
              >
                {t('signing.file')}
              </Button>
            </FileTrigger>
          )}
        </div>
      ))}
    </SaveForm>
  )
}
