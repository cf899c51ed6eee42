import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import { zipSync } from 'fflate'
import type { WalletPass } from '#contract/wallet-passes.ts'
import { iconLetter, passImages } from './pkpass-images.ts'
import { passJson } from './pkpass-json.ts'
import { passStrings } from './pkpass-strings.ts'
import { makeCmsSigner, type CmsDigest } from './sign-cms.ts'

/** An Apple credential as `credentialsFor` opens it: all PEM, already checked when it was written. */
export interface AppleCredential {
  certificate: string
  private_key: string
  wwdr: string
  /** `sha1` (what passes have always been signed with) or `sha256`. */
  digest?: string
}

/** Who signs passes: made once for many. */
export interface PassSigner {
  passTypeIdentifier: string
  teamIdentifier: string
  sign: (content: Buffer, now: number) => Buffer
  /** The pictures of a pass; cards of one look share theirs. */
  images: typeof passImages
}

export function makePassSigner(credential: AppleCredential): PassSigner {
  const certificate = new X509Certificate(credential.certificate)
  const { UID, OU } = certificate.toLegacyObject().subject as unknown as { UID: string; OU: string }
  const digest: CmsDigest = credential.digest === 'sha256' ? 'sha256' : 'sha1'
  const key = createPrivateKey(credential.private_key)
  const issuer = new X509Certificate(credential.wwdr)
  return {
    passTypeIdentifier: UID,
    teamIdentifier: OU,
    sign: makeCmsSigner({ certificate, key, issuer }, digest),
    images: keepImages(),
  }
}

/** How many looks are kept: without a logo each first letter has an icon of its own. */
const keptLooks = 100

/** Draws the pictures of each look once: an icon costs more than a signature. */
function keepImages(): typeof passImages {
  const known = new Map<string, ReturnType<typeof passImages>>()
  return (card) => {
    const look = JSON.stringify([card.look, iconLetter(card.title)])
    let images = known.get(look)
    if (images === undefined) {
      images = passImages(card)
      if (known.size >= keptLooks) known.clear()
      known.set(look, images)
    }
    return images
  }
}

/** A signed `.pkpass` of a card. `codeText` is what its code carries, `now` in milliseconds. */
export async function makePkpass(
  card: WalletPass,
  codeText: string,
  signer: PassSigner,
  now: number,
): Promise<Buffer> {
  const files: Record<string, Buffer> = {
    'pass.json': Buffer.from(JSON.stringify(passJson(card, codeText, signer))),
    ...(await signer.images(card)),
    ...passStrings(card),
  }
  return packPass(files, signer, now)
}

/** Manifest, signature, ZIP: the manifest names every file with its SHA-1, but neither itself nor its signature. */
export function packPass(files: Record<string, Buffer>, signer: PassSigner, now: number): Buffer {
  const sums: [string, string][] = Object.entries(files).map(([name, body]) => [
    name,
    createHash('sha1').update(body).digest('hex'),
  ])
  const manifest = Buffer.from(JSON.stringify(Object.fromEntries(sums)))
  const all = { ...files, 'manifest.json': manifest, signature: signer.sign(manifest, now) }
  // Pictures are packed already, and the rest is small: stored, a pass costs hardly more than its signature.
  return Buffer.from(zipSync(all, { level: 0, mtime: now }))
}
