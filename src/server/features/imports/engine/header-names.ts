import { linkImportFields, type LinkImportField } from '#contract/import-kinds.ts'
import type { ImportColumn } from '#contract/imports.ts'
import { makeHeaderBook, type Preset } from './header-book.ts'
import { columnsByContent } from './header-row.ts'

/**
 * Other names of a field as people and other tools write them; compared lower-case, letters and digits only.
 */
const aliases: Record<LinkImportField, readonly string[]> = {
  slug: [
    'slug',
    'short code',
    'shortcode',
    'key',
    'keyword',
    'back half',
    'custom back half',
    'backhalf',
    'alias',
    'slashtag',
    'short url',
    'short link',
    'shortlink',
    'custom slug',
    'ending',
    'vanity',
    'vanity url',
    'code',
    'link slug',
    'short path',
    'path',
    'qr code',
    'kürzel',
    'kurzlink',
  ],
  destination_url: [
    'destination',
    'url',
    'destination url',
    'destination link',
    'long url',
    'longurl',
    'long link',
    'target',
    'target url',
    'original url',
    'original link',
    'redirect',
    'redirect url',
    'redirect to',
    'website',
    'web site',
    'web address',
    'href',
    'link',
    'link url',
    'full url',
    'final url',
    'landing page',
    'page',
    'ziel',
    'ziel url',
    'zieladresse',
    'destino',
    'url de destination',
    'adresse',
  ],
  title: [
    'title',
    'name',
    'link name',
    'link title',
    'label',
    'headline',
    'titel',
    'titre',
    'titulo',
    'bezeichnung',
  ],
  campaign: ['campaign', 'campaign name', 'project', 'folder', 'kampagne', 'campagne', 'campana'],
  tags: [
    'tags',
    'tag',
    'labels',
    'categories',
    'category',
    'tag names',
    'schlagworte',
    'etiquettes',
    'etiquetas',
  ],
  notes: [
    'notes',
    'note',
    'comment',
    'comments',
    'remarks',
    'description',
    'notizen',
    'bemerkung',
    'kommentar',
  ],
  is_active: ['is active', 'active', 'enabled', 'status', 'state', 'live', 'aktiv', 'actif', 'activo'],
  starts_at: [
    'starts at',
    'start',
    'start date',
    'starts',
    'valid from',
    'valid since',
    'active from',
    'from',
    'beginn',
    'start time',
  ],
  expires_at: [
    'expires at',
    'expires',
    'expiry',
    'expiry date',
    'expiration',
    'expiration date',
    'valid until',
    'end date',
    'end',
    'ends at',
    'until',
    'ablauf',
    'ablaufdatum',
    'gültig bis',
  ],
}

/** Exports of other link services; checked before the aliases, as `address` is a slug in one of them. */
const presets: readonly Preset[] = [
  {
    name: 'dub',
    needs: ['short link', 'destination url'],
    fields: {
      'short link': 'slug',
      'destination url': 'destination_url',
      title: 'title',
      tags: 'tags',
      comments: 'notes',
      'expires at': 'expires_at',
      folder: 'campaign',
    },
  },
  {
    name: 'dub',
    needs: ['key', 'url', 'domain'],
    fields: {
      key: 'slug',
      url: 'destination_url',
      title: 'title',
      tags: 'tags',
      'tag names': 'tags',
      comments: 'notes',
      'expires at': 'expires_at',
    },
  },
  {
    name: 'bitly',
    needs: ['bitlink', 'long url'],
    fields: {
      bitlink: 'slug',
      'long url': 'destination_url',
      title: 'title',
      tags: 'tags',
      campaign: 'campaign',
    },
  },
  {
    name: 'rebrandly',
    needs: ['slashtag', 'destination'],
    fields: {
      slashtag: 'slug',
      destination: 'destination_url',
      title: 'title',
      tags: 'tags',
      description: 'notes',
    },
  },
  {
    name: 'shlink',
    needs: ['short url', 'long url'],
    fields: {
      'short url': 'slug',
      'short code': 'slug',
      'long url': 'destination_url',
      title: 'title',
      tags: 'tags',
      'valid since': 'starts_at',
      'valid until': 'expires_at',
    },
  },
  {
    name: 'kutt',
    needs: ['address', 'target'],
    fields: { address: 'slug', target: 'destination_url', description: 'notes', 'expire in': 'expires_at' },
  },
]

/** How the columns of a file of links are told. */
export const linkHeaders = makeHeaderBook({
  fields: linkImportFields,
  aliases,
  presets,
  byContent: columnsByContent,
  complete: withDestination,
  missing: (fields) =>
    fields.has('destination_url')
      ? undefined
      : {
          code: 'header_destination_missing',
          message:
            'No column holds the destinations. Choose the one with the addresses the codes should open.',
        },
})

/** Where no header names the destination, the column that holds links is taken for it. */
function withDestination(columns: readonly ImportColumn[], rows: readonly string[][]): ImportColumn[] {
  if (columns.some(({ field }) => field === 'destination_url')) return [...columns]
  const found = columnsByContent(rows).find(({ field }) => field === 'destination_url')
  return columns.map((column) =>
    column.index === found?.index && column.field === null
      ? { ...column, field: 'destination_url', matched_by: 'content' }
      : column,
  )
}
