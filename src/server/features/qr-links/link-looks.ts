import { ValidationFailed } from '#contract/errors.ts'
import type { QrLink } from '#contract/qr-links.ts'
import type { QrStyle } from '#contract/qr-style.ts'
import { adviceFor } from '#codes/qr/advice.ts'
import { codeOf } from '../../code-files/draw-code.ts'
import { readLogo, type LogoPicture } from '../../code-files/logo-picture.ts'
import type { Db } from '../../db/schema.ts'

/** A client's look: how codes are drawn, and the `data:` address of a logo. */
export interface LinkLook {
  style: QrStyle
  logo: string | null
}

/** What pictures of links take from the feature that keeps the looks. */
export interface LookSource {
  findLook(db: Db, presetId: string, businessId: string): Promise<LinkLook | undefined>
  looksByCampaign(db: Db, businessId: string): Promise<Map<string, LinkLook>>
}

/** What a request says of how codes are to look. */
export interface AskedLook {
  preset_id?: string | undefined
  /** A `data:` address, or `none` to leave out that of the look. */
  logo?: string | undefined
  style: QrStyle
}

/** How the code of one link is drawn. */
interface LinkStyle {
  style: QrStyle
  logo: LogoPicture | undefined
}

/**
 * The looks of all links of some businesses. What the request says comes first, then the preset it names, then the
 * link's own style, then the preset of the link's campaign. Logos are opened once.
 */
export class LinkLooks {
  readonly #asked: AskedLook
  readonly #preset: LinkLook | undefined
  readonly #campaigns: ReadonlyMap<string, ReadonlyMap<string, LinkLook>>
  readonly #logos = new Map<string, Promise<LogoPicture>>()

  private constructor(
    asked: AskedLook,
    preset: LinkLook | undefined,
    campaigns: ReadonlyMap<string, ReadonlyMap<string, LinkLook>>,
  ) {
    this.#asked = asked
    this.#preset = preset
    this.#campaigns = campaigns
  }

  /** Throws 422 for a preset that none of the businesses has, and for a logo that is no picture. */
  static async of(
    db: Db,
    source: LookSource,
    businessIds: readonly string[],
    asked: AskedLook,
  ): Promise<LinkLooks> {
    const campaigns = new Map<string, ReadonlyMap<string, LinkLook>>()
    let preset: LinkLook | undefined
    for (const id of businessIds) {
      campaigns.set(id, await source.looksByCampaign(db, id))
      if (asked.preset_id !== undefined) preset ??= await source.findLook(db, asked.preset_id, id)
    }
    if (asked.preset_id !== undefined && preset === undefined) {
      throw new ValidationFailed({ preset_id: ['There is no such preset.'] })
    }
    const looks = new LinkLooks(asked, preset, campaigns)
    if (asked.logo !== undefined && asked.logo !== 'none') {
      await looks.#open(asked.logo).catch((error: unknown) => {
        throw new ValidationFailed({ logo: [(error as Error).message] })
      })
    }
    return looks
  }

  async styleOf({ business_id, campaign, style }: QrLink): Promise<LinkStyle> {
    const usual = campaign === null ? undefined : this.#campaigns.get(business_id)?.get(campaign)
    const address = this.#asked.logo ?? this.#preset?.logo ?? usual?.logo
    const logo = address && address !== 'none' ? await this.#open(address) : undefined
    return { style: { ...usual?.style, ...style, ...this.#preset?.style, ...this.#asked.style }, logo }
  }

  #open(address: string): Promise<LogoPicture> {
    const opened = this.#logos.get(address) ?? readLogo(address)
    this.#logos.set(address, opened)
    return opened
  }
}

/** Why phones cannot be counted on to read a code like this, and what to change; undefined where they can. */
export function problemOf(
  text: string,
  { style, logo }: LinkStyle,
): { field: string; message: string } | undefined {
  const code = codeOf(text, style, logo !== undefined)
  const [worst] = adviceFor(code, style, { logoRatio: logo && logo.height / logo.width })
  return worst?.severity === 'error' ? worst : undefined
}
