import { expect, describe, test } from 'vitest'
import type { WalletPass } from '#contract/wallet-passes.ts'
import { googlePayload } from '#server/features/wallet/google-jwt-object.ts'
import { passJson } from '#server/features/wallet/pkpass-json.ts'
import { passStrings } from '#server/features/wallet/pkpass-strings.ts'
import { hostileTexts } from '#test/support/hostile-card-texts.ts'
import {
  differencesOf,
  flatten,
  freeFields,
  markedCard,
  placesOf,
  withField,
  type Places,
} from '#test/support/hostile-fields.ts'

const team = { passTypeIdentifier: 'pass.ink.example.card', teamIdentifier: 'TEAM123456' }

/** Texts of a .strings file by their own words: every line is `"…" = "…";`, with the escapes of JSON. */
function readStrings(file: string): Places {
  const quoted = String.raw`"(?:[^"\\\n]|\\.)*"`
  const line = new RegExp(`^(${quoted}) = (${quoted});$`)
  return Object.fromEntries(
    file
      .replace(/\n$/, '')
      .split('\n')
      .map((text) => {
        const [, own = '', other = ''] = line.exec(text) ?? []
        return [JSON.parse(own), JSON.parse(other)] as const
      }),
  )
}

function passPlaces(card: WalletPass): Places {
  return flatten(JSON.parse(JSON.stringify(passJson(card, card.code_text!, team))))
}

function googlePlaces(card: WalletPass): Places {
  return flatten(JSON.parse(JSON.stringify(googlePayload(card, card.code_text!, '3388000000012345678'))))
}

const formats = [
  // A pass for Apple has no place for prefix and the like: the name on the card says them.
  { name: 'a pass for Apple', places: passPlaces },
  { name: 'an object for Google', places: googlePlaces },
]
const nowhere = ['contact.given_name', 'contact.family_name', 'contact.prefix', 'contact.suffix']

describe.each(formats)('hostile text in $name', ({ places }) => {
  test.each(['contact', 'event'] as const)('changes nothing of a %s but its field', (kind) => {
    const card = markedCard(kind)
    const plain = places(card)
    const fields = freeFields[kind].filter((path) => !nowhere.includes(path))
    expect(fields.filter((path) => placesOf(plain, path).length === 0)).toEqual([])
    const wrong = fields.flatMap((path) =>
      hostileTexts.flatMap(([typed, kept]) =>
        differencesOf(plain, places(withField(card, path, typed)), path, kept),
      ),
    )
    expect(wrong).toEqual([])
  })

  test('changes nothing in what the code carries', () => {
    const card = markedCard('contact')
    for (const [typed] of hostileTexts) {
      const found = places({ ...card, code_text: typed })
      const code = Object.keys(found).filter((name) => /barcodes?\/(0\/message|value)$/.test(name))
      expect(code.map((name) => found[name])).toEqual([typed.toWellFormed()])
      expect(Object.keys(found)).toEqual(Object.keys(places(card)))
    }
  })
})

describe('hostile translations', () => {
  const card = markedCard('contact')
  const translated = (title: string, word: string): WalletPass => ({
    ...card,
    title,
    translations: { fr: { title: word, 'contact.job_title': 'Comtesse', 'no.such_field': word } },
  })

  test('stand in their line of pass.strings, whichever words they are for', () => {
    const files = passStrings(translated('Title', 'word'))
    const { Title: _own, ...plain } = readStrings(String(files['fr.lproj/pass.strings']))
    expect(plain).toMatchObject({ [card.contact!.job_title!]: 'Comtesse', Phone: 'Téléphone' })
    for (const [own, keptOwn] of hostileTexts) {
      for (const [typed, kept] of hostileTexts) {
        const files = passStrings(translated(own, typed))
        expect(Object.keys(files)).toEqual(['fr.lproj/pass.strings'])
        const { [keptOwn]: title, ...rest } = readStrings(String(files['fr.lproj/pass.strings']))
        expect(title).toBe(kept)
        expect(rest).toEqual(plain)
      }
    }
  })

  test('stand in their value of an object for Google', () => {
    const plain = googlePlaces(translated('Title', 'word'))
    for (const [typed, kept] of hostileTexts) {
      const found = googlePlaces(translated('Title', typed))
      const wanted = Object.entries(plain).map(([name, text]) => [name, text === 'word' ? kept : text])
      expect(found).toEqual(Object.fromEntries(wanted))
    }
  })
})
