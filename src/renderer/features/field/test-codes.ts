/**
 * The test code of scanner-profile.ts, drawn once and for all: (01)09506000134352(10)aZ-9_y(21)7/Q. The tests read
 * it back.
 */
export const testMatrix = [
  '10101010101010101010',
  '11001111000010100111',
  '10001010010101000100',
  '10111110111011110001',
  '11101100111101010110',
  '10000010111010011001',
  '10010100100001010110',
  '10110010010010000111',
  '11100100111001110010',
  '11010011100011010101',
  '11100000011001000100',
  '11101101100101100101',
  '11010001110100000010',
  '11010111100001010001',
  '10010100001001110100',
  '10000010101110111001',
  '10101110010011000010',
  '11001101000110010101',
  '10011000011101101010',
  '11111111111111111111',
]

/** The same as GS1-128: widths of bars and spaces, a bar first. */
export const testLinear =
  '2112324111312221222212132311313141112122221221321123312133112213121141311211243123111221323211221112242121414111312232111232213121311132222113311114222331112'

/** What to draw of rows of modules: a path of squares, one unit each. */
export function matrixPath(rows: readonly string[]): string {
  return rows
    .flatMap((row, y) => Array.from(row, (bit, x) => (bit === '1' ? `M${x} ${y}h1v1h-1z` : '')))
    .join('')
}

/** What to draw of bars one unit high. */
export function linearPath(widths: string): { path: string; width: number } {
  let x = 0
  let path = ''
  for (const [at, digit] of Array.from(widths).entries()) {
    if (at % 2 === 0) path += `M${x} 0h${digit}v1h-${digit}z`
    x += Number(digit)
  }
  return { path, width: x }
}
