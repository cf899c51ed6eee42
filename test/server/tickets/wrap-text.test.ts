import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanLine } from '#server/features/tickets/clean-text.ts'
import { columnsOf } from '#server/features/tickets/measure-text.ts'
import { wrapText } from '#server/features/tickets/wrap-text.ts'

test('words stay whole', () => {
  expect(wrapText('Burger with onion rings', 12)).toEqual(['Burger with', 'onion rings'])
})

test('a word longer than the paper is broken, and nothing of it is lost', () => {
  expect(wrapText('Donaudampfschifffahrt', 8)).toEqual(['Donaudam', 'pfschiff', 'fahrt'])
})

test('line breaks are kept, empty lines at the end are not', () => {
  expect(wrapText('a\r\n\nb\n\n', 10)).toEqual(['a', '', 'b'])
  expect(wrapText('', 10)).toEqual([])
})

test('Chinese is broken between signs, two columns each, and no line begins with a comma', () => {
  expect(wrapText('宫保鸡丁', 4)).toEqual(['宫保', '鸡丁'])
  expect(wrapText('不要辣，谢谢', 6)).toEqual(['不要', '辣，谢', '谢'])
})

test('Thai is broken between words though it writes no spaces', () => {
  const lines = wrapText('ข้าวผัดกุ้งไม่ใส่ผักชี', 10)
  expect(lines.join('')).toBe('ข้าวผัดกุ้งไม่ใส่ผักชี')
  expect(lines).toEqual(['ข้าวผัดกุ้งไม่', 'ใส่ผักชี'])
})

test('an emoji of several parts is never cut', () => {
  const family = '👩‍👩‍👧'
  for (const line of wrapText(family.repeat(5), 8)) expect(line.replaceAll(family, '')).toBe('')
})

test('ten thousand characters are wrapped whole', () => {
  const note = 'no onions please '.repeat(600).trim()
  expect(wrapText(note, 24).join(' ')).toBe(note)
})

test('of any text no line is wider than the paper and no character is lost', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '宫', 'ש', '\n', '-', 'W') })
  fc.assert(
    fc.property(letters, fc.integer({ min: 2, max: 48 }), (text, columns) => {
      const lines = wrapText(text, columns)
      for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(columns)
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(/[ \n]/g, ''))
    }),
  )
})

test('control characters are shown and changes of direction are dropped', () => {
  expect(cleanLine('\u001b@\u0007x\u007f\u009b')).toBe('?@?x??')
  expect(cleanLine('a\u202eb\u2066c\u2069\u200fd\ufeff')).toBe('abcd')
  expect(cleanLine('1\u202f234\u00a0€\tx')).toBe('1 234 € x')
  expect(cleanLine('half \ud83d')).toBe('half \ufffd')
  expect(cleanLine('cafe\u0301')).toBe('café')
})
