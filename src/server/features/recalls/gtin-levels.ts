/** The check digit of thirteen digits. */
function checkDigitOf(digits: string): number {
  let sum = 0
  for (let index = 0; index < digits.length; index++) sum += Number(digits[index]) * (index % 2 === 0 ? 3 : 1)
  return (10 - (sum % 10)) % 10
}

/** The same product at every packaging level: indicator digits 0 to 8, the check digit reckoned anew. */
export function packagingLevelsOf(gtin: string): string[] {
  // A number of a variable measure has no levels: 9 is part of what it says.
  if (gtin.startsWith('9')) return [gtin]
  const item = gtin.slice(1, 13)
  return Array.from({ length: 9 }, (_, level) => `${level}${item}${checkDigitOf(`${level}${item}`)}`)
}

/**
 * Numbers that companies give out for themselves (GS1 prefixes 02, 04 and 20–29): the same digits mean other goods
 * elsewhere.
 */
export function isRestricted(gtin: string): boolean {
  return /^0(02|04|2\d)/.test(gtin)
}
