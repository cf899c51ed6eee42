import { networkInterfaces } from 'node:os'

/** This machine's addresses on its networks, IPv4 first: what a phone can be told. Loopback and link-local are none. */
export function networkAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((entries) => entries ?? [])
  const outside = all.filter(({ internal, address }) => !internal && !/^fe80:/i.test(address))
  const family = (wanted: string) =>
    outside.filter((entry) => entry.family === wanted).map(({ address }) => address)
  return [...new Set([...family('IPv4').toSorted(isPrivateFirst), ...family('IPv6')])]
}

/** The names under which the door answers on a port, as the Host header writes them. */
export function hostNames(names: readonly string[], port: number): string[] {
  return names.map(inUrl).flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])])
}

/** `http://192.168.1.20:8095`; port 80 is not written. */
export function guestOrigin(host: string, port: number): string {
  return `http://${inUrl(host)}${port === 80 ? '' : `:${port}`}`
}

/** A host name or an address, and nothing that could carry a path, a port or another scheme. */
export function isHostName(text: string): boolean {
  const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
  const isName = new RegExp(`^${label}(?:\\.${label})*$`).test(text.toLowerCase())
  return isName || (text.includes(':') && /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]`))
}

function inUrl(name: string): string {
  const lower = name.toLowerCase()
  return lower.includes(':') ? `[${lower}]` : lower
}

/** The Wi-Fi of a shop is a private network; addresses of tunnels and the like come after it. */
function isPrivateFirst(a: string, b: string): number {
  const rank = (address: string) => (/^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./.test(address) ? 0 : 1)
  return rank(a) - rank(b)
}
