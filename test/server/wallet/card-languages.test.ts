import { describe, expect, test } from 'vitest'
import type { WalletPass } from '#contract/wallet-passes.ts'
import { cardIn, cardWords } from '#server/features/wallet/card-words.ts'
import { writeCard } from '#server/features/wallet/export-card.ts'
import { passJson } from '#server/features/wallet/pkpass-json.ts'
import { markedCard } from '#test/support/hostile-fields.ts'

async function htmlOf(card: WalletPass): Promise<string> {
  return (await writeCard(card, 'html', { link: undefined, name: 'card' })).body
}

function labelsIn(html: string): string[] {
  return [...html.matchAll(/<dt[^>]*>([^<]*)<\/dt>/g)].map(([, label]) => label!)
}

describe('a card says what its fields are in its own language', () => {
  test.each([
    ['de', 'Telefon (Arbeit)', 'Kontakt speichern', 'ltr'],
    ['fr-CA', 'Téléphone (travail)', 'Enregistrer le contact', 'ltr'],
    ['pt-BR', 'Telefone (trabalho)', 'Guardar contacto', 'ltr'],
    ['ar', 'الهاتف (العمل)', 'حفظ جهة الاتصال', 'rtl'],
    ['ja', '電話 (勤務先)', '連絡先を保存', 'ltr'],
  ])('in %s', async (locale, phone, save, direction) => {
    const html = await htmlOf({ ...markedCard('contact'), locale })
    expect(html).toContain(`<html lang="${locale}" dir="${direction}">`)
    expect(labelsIn(html)).toContain(phone)
    expect(html).toContain(`>${save}</a>`)
    const pass = passJson({ ...markedCard('contact'), locale }, 'x', {
      passTypeIdentifier: 'p',
      teamIdentifier: 't',
    })
    expect(JSON.stringify(pass)).toContain(JSON.stringify(phone))
  })

  test('the day and hour too', async () => {
    expect(await htmlOf({ ...markedCard('event'), locale: 'de' })).toContain(
      'Dienstag, 1. Dezember 2026 um 19:00 (Europe/Amsterdam)',
    )
  })

  test('and in English, marked as such, where there are no words for it', async () => {
    const html = await htmlOf({ ...markedCard('event'), locale: 'nl' })
    expect(html).toContain('<html lang="nl" dir="ltr">')
    expect(html).toContain('<dt lang="en">Starts</dt>')
  })

  test.each(['de', 'fr', 'es', 'it', 'pt', 'pl', 'tr', 'ar', 'ja'])('no label is empty in %s', (locale) => {
    expect(Object.keys(cardWords(locale))).toEqual(Object.keys(cardWords('en')))
    expect(Object.values(cardWords(locale)).every((word) => word.trim().length > 1)).toBe(true)
  })
})

describe('a translation', () => {
  const card: WalletPass = {
    ...markedCard('contact'),
    subtitle: null,
    translations: {
      fr: {
        title: 'Zoé',
        subtitle: 'Sous-titre',
        'contact.job_title': 'Boulangère',
        'contact.website': 'https://evil.example/',
        'contact.address.country': 'Allemagne',
        'look.background': '#000000',
        'contact.phones.0.value': '1',
        __proto__: 'x',
      },
      nl: {},
    },
  }

  test('stands for what the card says in words, and for nothing else', () => {
    const french = cardIn(card, 'fr')
    expect(french).toMatchObject({ title: 'Zoé', subtitle: null, locale: 'fr', look: {} })
    expect(french.contact).toMatchObject({ job_title: 'Boulangère', website: 'https://example.com/' })
    expect(french.contact).toMatchObject({ phones: card.contact!.phones!, address: { country: 'Allemagne' } })
    expect(card.title).not.toBe('Zoé')
  })

  test('is in the page under the name of its language; an empty one is not', async () => {
    const html = await htmlOf(card)
    expect(html).toContain(
      '<details lang="fr" dir="ltr"><summary>français</summary>\n<h2><bdi>Zoé</bdi></h2>',
    )
    expect(html).not.toContain('lang="nl"')
    expect(await htmlOf({ ...card, locale: 'fr' })).not.toContain('<details')
  })
})
