import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check, Copy, Download, Palette } from 'lucide-react'
import { useState } from 'react'
import { showQrLinkImage, type QrLink } from '#contract/qr-links.ts'
import { useApi } from '../../lib/api.tsx'
import { cx } from '../../lib/cx.ts'
import { describeFailure } from '../../lib/failure.ts'
import { saveFile } from '../../lib/save-file.ts'
import { useTranslate } from '../../lib/translate.ts'
import { useCopy } from '../../lib/use-copy.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/page.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { imageQuery } from './queries.ts'
import styles from './qr-links.module.css'

const sizes = ['256', '512', '1024', '2048', '4096'] as const

export function CodeCard({ link }: { link: QrLink }) {
  const t = useTranslate()
  return (
    <Card title={t('codes.title')}>
      <CodePicture link={link} />
      <ShortUrl url={link.short_url} />
      <Link to="/studio" search={{ text: link.short_url }} className={cx(styles.inStudio)}>
        <Palette aria-hidden />
        {t('codes.studio')}
      </Link>
      <Downloads link={link} />
    </Card>
  )
}

function CodePicture({ link }: { link: QrLink }) {
  const t = useTranslate()
  const api = useApi()
  const { data, error } = useQuery(imageQuery(api, link.id, link.updated_at, { format: 'svg', size: 640 }))
  return (
    <div className={styles.code}>
      {data && (
        <img key={link.updated_at} ref={showBlob(data)} alt={t('codes.alt', { url: link.short_url })} />
      )}
      {!data && <output>{error === null ? t('ui.loading') : t('codes.failed')}</output>}
    </div>
  )
}

/** Gives a picture the bytes that were fetched, and lets them go with it. */
function showBlob(blob: Blob): (image: HTMLImageElement) => () => void {
  return (image) => {
    const url = URL.createObjectURL(blob)
    image.src = url
    return () => URL.revokeObjectURL(url)
  }
}

function ShortUrl({ url }: { url: string }) {
  const t = useTranslate()
  const { copied, copy } = useCopy()
  return (
    <div className={styles.shortUrl}>
      <span className={styles.shortUrlText}>{url}</span>
      <IconButton
        label={copied ? t('ui.copied') : t('codes.copy')}
        icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />}
        onPress={() => void copy(url)}
      />
    </div>
  )
}

function Downloads({ link }: { link: QrLink }) {
  const t = useTranslate()
  const api = useApi()
  const toast = useToast()
  const [size, setSize] = useState<(typeof sizes)[number]>('1024')
  const save = async (format: 'svg' | 'png'): Promise<void> => {
    try {
      const query = { format, size: Number(size) }
      const picture = await api.request(showQrLinkImage, { params: { id: link.id }, query })
      saveFile(await picture.blob(), `${link.slug}.${format}`)
    } catch (error) {
      const { title, advice } = describeFailure(error, t)
      toast({ title, detail: advice, tone: 'bad' })
    }
  }
  return (
    <div className={styles.download}>
      <SelectField
        label={t('codes.size')}
        value={size}
        onChange={setSize}
        choices={sizes.map((id) => ({ id, name: t('codes.pixels', { size: id }) }))}
      />
      <Button icon={<Download aria-hidden />} onPress={() => void save('png')}>
        PNG
      </Button>
      <Button icon={<Download aria-hidden />} onPress={() => void save('svg')}>
        SVG
      </Button>
    </div>
  )
}
