import { Link, useNavigate } from '@tanstack/react-router'
import { ArrowDown, ArrowUp, Pencil } from 'lucide-react'
import { useState } from 'react'
import {
  Cell,
  Column,
  Row,
  Table,
  TableBody,
  TableHeader,
  type Selection,
  type SortDescriptor,
} from 'react-aria-components'
import type { QrLink } from '#contract/qr-links.ts'
import { cx } from '../../lib/cx.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { IconButton } from '../../ui/button.tsx'
import { Tag } from '../../ui/status-badge.tsx'
import { Checkbox } from '../../ui/toggle.tsx'
import { CodeThumbnail } from '../../ui/code-thumbnail.tsx'
import { LinkBadge } from './link-badge.tsx'
import { statusOf } from './link-status.ts'
import type { LinkSort } from './qr-link-search.ts'
import styles from './links-table.module.css'

interface LinksTableProps {
  links: readonly QrLink[]
  sort: string
  onSort: (sort: LinkSort) => void
  selected: readonly string[]
  onSelect: (ids: readonly string[]) => void
  edit: (id: string) => void
  isStale: boolean
}

export function LinksTable({ links, sort, onSort, selected, onSelect, edit, isStale }: LinksTableProps) {
  const t = useTranslate()
  const navigate = useNavigate()
  const descriptor: SortDescriptor = {
    column: sort.replace('-', ''),
    direction: sort.startsWith('-') ? 'descending' : 'ascending',
  }
  const select = (keys: Selection): void =>
    onSelect(keys === 'all' ? links.map(({ id }) => id) : [...keys].map(String))
  return (
    <div className={cx(styles.frame, isStale && styles.stale)}>
      <Table
        aria-label={t('links.title')}
        className={cx(styles.table)}
        selectionMode="multiple"
        selectedKeys={new Set(selected)}
        onSelectionChange={select}
        onRowAction={(id) => void navigate({ to: '/qr-links/$linkId', params: { linkId: String(id) } })}
        sortDescriptor={descriptor}
        onSortChange={(next) => onSort(nextSort(next, sort))}
      >
        <TableHeader>
          <Column className={cx(styles.tickColumn)}>
            <Checkbox slot="selection" />
          </Column>
          <SortColumn id="slug" name={t('links.column.link')} isRowHeader />
          <Column className={cx(styles.wideOnly)}>{t('links.column.campaign')}</Column>
          <Column>{t('links.column.status')}</Column>
          <SortColumn id="scan_count" name={t('links.column.scans')} isNumber />
          <SortColumn id="last_scanned_at" name={t('links.column.lastScan')} isWide />
          <SortColumn id="created_at" name={t('links.column.created')} isWide isSpacious />
          <Column className={cx(styles.editColumn)}>
            <span className={styles.unseen}>{t('ui.edit')}</span>
          </Column>
        </TableHeader>
        <TableBody items={links} dependencies={[edit]}>
          {(link) => <LinkRow link={link} edit={edit} />}
        </TableBody>
      </Table>
    </div>
  )
}

/** Counts and dates start with the largest, names with the first. */
function nextSort({ column, direction }: SortDescriptor, before: string): LinkSort {
  const name = String(column)
  if (before.replace('-', '') !== name) return (name === 'slug' ? 'slug' : `-${name}`) as LinkSort
  return (direction === 'descending' ? `-${name}` : name) as LinkSort
}

interface SortColumnProps {
  id: string
  name: string
  isRowHeader?: boolean
  isNumber?: boolean
  isWide?: boolean
  /** Shown only where there is room to spare. */
  isSpacious?: boolean
}

function SortColumn({ id, name, isRowHeader = false, isNumber, isWide, isSpacious }: SortColumnProps) {
  return (
    <Column
      id={id}
      isRowHeader={isRowHeader}
      allowsSorting
      className={cx(
        styles.sortable,
        isNumber && styles.number,
        isWide && styles.wideOnly,
        isSpacious && styles.spacious,
      )}
    >
      {({ sortDirection }) => (
        <span className={styles.sort}>
          {name}
          {sortDirection === 'descending' && <ArrowDown aria-hidden />}
          {sortDirection === 'ascending' && <ArrowUp aria-hidden />}
        </span>
      )}
    </Column>
  )
}

function LinkRow({ link, edit }: { link: QrLink; edit: (id: string) => void }) {
  const t = useTranslate()
  const formats = useFormats()
  const [now] = useState(Date.now)
  return (
    <Row id={link.id} className={cx(styles.row)}>
      <Cell className={cx(styles.tickColumn)}>
        <Checkbox slot="selection" />
      </Cell>
      <Cell className={cx(styles.main)}>
        <LinkNames link={link} />
      </Cell>
      <Cell className={cx(styles.wideOnly)}>
        <div className={styles.labels}>
          {link.campaign !== null && <span className={styles.campaign}>{link.campaign}</span>}
          <span className={styles.tags}>
            {link.tags.slice(0, 3).map((tag) => (
              <Tag key={tag}>{tag}</Tag>
            ))}
            {link.tags.length > 3 && <Tag>{`+${link.tags.length - 3}`}</Tag>}
          </span>
        </div>
      </Cell>
      <Cell className={cx(styles.status)}>
        <LinkBadge status={statusOf(link, now)} />
      </Cell>
      <Cell className={cx(styles.number, styles.scans)}>{formats.number(link.scan_count)}</Cell>
      <Cell className={cx(styles.wideOnly, styles.when)}>
        {link.last_scanned_at === null ? t('links.never') : formats.ago(link.last_scanned_at, now)}
      </Cell>
      <Cell className={cx(styles.wideOnly, styles.spacious, styles.when)}>
        {formats.date(link.created_at)}
      </Cell>
      <Cell className={cx(styles.editColumn)}>
        <IconButton
          small
          label={t('links.edit', { slug: link.slug })}
          icon={<Pencil aria-hidden />}
          onPress={() => edit(link.id)}
        />
      </Cell>
    </Row>
  )
}

function LinkNames({ link }: { link: QrLink }) {
  return (
    <div className={styles.link}>
      <CodeThumbnail text={link.short_url} />
      <div className={styles.names}>
        <Link to="/qr-links/$linkId" params={{ linkId: link.id }} className={cx(styles.name)}>
          {link.title ?? link.slug}
        </Link>
        <span className={styles.slug}>{link.slug}</span>
        <span className={styles.destination} title={link.destination_url}>
          {link.destination_url.replace(/^https:\/\//, '')}
        </span>
      </div>
    </div>
  )
}
