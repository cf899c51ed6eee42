import { describe, expect, test } from 'vitest'
import { writeVcard } from '#server/features/wallet/vcard.ts'
import { readWithIcalJs } from '#test/support/card-judges.ts'
import { markedCard } from '#test/support/hostile-fields.ts'

const phones = (['work', 'home', 'mobile', 'main', 'fax', 'other'] as const).map((label, at) => ({
  label,
  value: `+49 30 ${at}`,
}))

function kindsIn(version: '3.0' | '4.0', name: 'TEL' | 'EMAIL'): unknown[] {
  const card = markedCard('contact')
  const contact = {
    ...card.contact,
    phones,
    emails: phones.map((one) => ({ ...one, value: 'a@example.com' })),
  }
  const [[properties] = []] = readWithIcalJs([writeVcard({ ...card, contact }, { version })])
  return properties!.filter(([key]) => key === name).map(([, , parameters]) => parameters)
}

describe('the kinds of telephones and mail addresses', () => {
  test('are the types of vCard 3.0', () => {
    const types = ['WORK', 'HOME', 'CELL', 'PREF', 'FAX'].map((type) => ({ type }))
    expect(kindsIn('3.0', 'TEL')).toEqual([...types, {}])
    expect(kindsIn('3.0', 'EMAIL')).toEqual([
      { type: 'WORK' },
      { type: 'HOME' },
      {},
      { type: 'PREF' },
      {},
      {},
    ])
  })

  test('are those of 4.0, where what is preferred is no type', () => {
    const types = ['work', 'home', 'cell'].map((type) => ({ type }))
    expect(kindsIn('4.0', 'TEL')).toEqual([...types, { pref: '1' }, { type: 'fax' }, {}])
    expect(kindsIn('4.0', 'EMAIL')).toEqual([...types.slice(0, 2), {}, { pref: '1' }, {}, {}])
  })
})
