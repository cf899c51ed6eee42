import * as contract from '#contract/brand-presets.ts'
import { ValidationFailed } from '#contract/errors.ts'
import type { QrStyle } from '#contract/qr-style.ts'
import { refuseStyleOf } from '../../code-files/refuse-style.ts'
import { readLogo, type LogoPicture } from '../../code-files/logo-picture.ts'
import type { AnyEndpoint, Call } from '../../http/call.ts'
import { rowEtag } from '../../http/etag.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf } from '../../http/page.ts'
import {
  insertPreset,
  presentPreset,
  presetsOf,
  removePreset,
  updatePreset,
  type PresetFields,
} from './presets-store.ts'
import type { QrCodeParts } from './qr-code-parts.ts'
import type { BrandPresetRow } from './table.ts'

type OnePreset = Pick<Call<typeof contract.findBrandPreset>, 'db' | 'params' | 'identity'>

async function find({ db, params, identity }: OnePreset): Promise<BrandPresetRow | undefined> {
  const row = await db
    .selectFrom('brand_presets')
    .selectAll()
    .where('id', '=', params.id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return identity.businessId === null || row?.business_id === identity.businessId ? row : undefined
}

/** What most links say: a preset that cannot carry that carries nothing. */
const usualText = 'https://qrscan.ink/r/0123456789'

/** The looks of clients. A style that phones cannot read is refused with the field that mends it. */
export function servePresets(mount: Mount, parts: QrCodeParts): void {
  mount(contract.listBrandPresets, {
    handle: async (call) => {
      const ids = (await parts.businessesOfCall(call, call.query.business_id)).map(({ id }) => id)
      const { count } = await presetsOf(call.db, ids)
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      const brand_presets = await pageOf(call, Number(count), async ({ limit, offset }) => {
        const rows = await presetsOf(call.db, ids)
          .selectAll()
          .orderBy('name')
          .orderBy('id')
          .limit(limit)
          .offset(offset)
          .execute()
        return rows.map(presentPreset)
      })
      return { brand_presets }
    },
  })
  mount(contract.createBrandPreset, {
    handle: async (call) => {
      const { business_id, name, campaigns = [], style = {}, logo = null } = call.body
      const business = await parts.businessOfCall(call, business_id)
      const fields = await checked({ name, campaigns, style, logo })
      return answerWith(call, await insertPreset(call.db, business.id, fields, call.context.clock()))
    },
  })
  mount(contract.findBrandPreset, {
    find,
    etag: rowEtag,
    handle: async (call) => answerWith(call, call.row, false),
  })
  mount(contract.changeBrandPreset, {
    find,
    etag: rowEtag,
    handle: async (call) => {
      const { name, campaigns, style, logo } = presentPreset(call.row)
      const fields = await checked({ name, campaigns, style, logo, ...given(call.body) })
      return answerWith(call, await updatePreset(call.db, call.row, fields, call.context.clock()))
    },
  })
  mount(contract.deleteBrandPreset, {
    find,
    etag: rowEtag,
    handle: async (call) => {
      await removePreset(call.db, call.row, call.context.clock())
      announce(call, call.row.business_id)
      return undefined
    },
  })
}

function given<T extends object>(body: T): Partial<T> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Partial<T>
}

async function checked(fields: PresetFields): Promise<PresetFields> {
  const { style, logo } = fields
  const picture = logo === null ? undefined : await logoOf(logo)
  refuseStyleOf(usualText, style, { logoRatio: picture && picture.height / picture.width })
  return { ...fields, style: given(style) as QrStyle }
}

/** Throws 422 for what is no picture. */
export async function logoOf(address: string): Promise<LogoPicture> {
  return readLogo(address).catch((error: unknown) => {
    throw new ValidationFailed({ logo: [(error as Error).message] })
  })
}

function answerWith<E extends AnyEndpoint>(
  call: Call<E, unknown>,
  row: BrandPresetRow,
  changed = true,
): { brand_preset: contract.BrandPreset } {
  call.reply.header('ETag', rowEtag(row))
  if (changed) announce(call, row.business_id)
  return { brand_preset: presentPreset(row) }
}

function announce<E extends AnyEndpoint>(
  { afterCommit, context }: Call<E, unknown>,
  business_id: string,
): void {
  afterCommit(() => context.events.emit({ type: 'brand_presets.changed', business_id }))
}
