import { describe, expect, test } from 'vitest'
import { checkDestination } from '#contract/destinations.ts'

const codes = (raw: string, ownHosts: string[] = []): string[] =>
  checkDestination(raw, { ownHosts }).map(({ code }) => code)

describe('destinations', () => {
  test.each([
    'https://example.com',
    'https://EXAMPLE.com/Path?q=1#x',
    '  https://example.co.uk/a%20b  ',
    'https://8.8.8.8/',
    'https://[2606:4700:4700::1111]/dns',
    'https://sub.example.com./',
    'https://xn.example.com/',
    'https://example.com/über',
    `https://example.com/${'a'.repeat(2028)}`,
  ])('%s is good', (raw) => {
    expect(codes(raw)).toEqual([])
  })

  test.each([
    ['', 'destination_missing', undefined],
    [`https://example.com/${'a'.repeat(2029)}`, 'destination_too_long', undefined],
    ['https://example.com/a b', 'destination_space', 'https://example.com/a%20b'],
    ['https://exam\u0000ple.com/', 'destination_space', 'https://example.com/'],
    ['http://example.com/x', 'destination_not_https', 'https://example.com/x'],
    ['example.com/x', 'destination_not_https', 'https://example.com/x'],
    ['//example.com/x', 'destination_not_https', 'https://example.com/x'],
    ['example.com:443/x', 'destination_not_https', 'https://example.com:443/x'],
    ['ftp://example.com/x', 'destination_not_https', undefined],
    ['javascript:alert(1)', 'destination_invalid', undefined],
    ['https://', 'destination_invalid', undefined],
    ['https:example.com', 'destination_invalid', 'https://example.com/'],
    ['https://user:secret@example.com/', 'destination_credentials', 'https://example.com/'],
    ['https://intranet/x', 'destination_single_label', undefined],
    ['https://printer.local/', 'destination_local_name', undefined],
    ['https://nas.home.arpa/', 'destination_local_name', undefined],
    ['https://a..example.com/', 'destination_invalid', undefined],
  ])('%s is refused as %s, with %s instead', (raw, code, suggestion) => {
    const [finding] = checkDestination(raw)
    expect(finding).toMatchObject({ code, severity: 'error' })
    expect(finding?.suggestion).toBe(suggestion)
    expect(finding?.message).toMatch(/\.$/)
  })

  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.7',
    '203.0.113.9',
    '224.0.0.1',
    '239.1.1.1',
    '240.0.0.1',
    '255.255.255.255',
    // The same, spelled otherwise.
    '0x7f.1',
    '0177.0.0.1',
    '2130706433',
    '0x7f000001',
    '127.1',
    '10.1',
    '0300.0250.1.1',
    '１２７.0.0.1',
    '[::]',
    '[::1]',
    '[::ffff:8.8.8.8]',
    '[::8.8.8.8]',
    '[64:ff9b::808:808]',
    '[64:ff9b:1::1]',
    '[2002:808:808::]',
    '[2001::1]',
    '[2001:10::1]',
    '[2001:20::1]',
    '[2001:db8::1]',
    '[3fff::1]',
    '[fc00::1]',
    '[fd12::1]',
    '[fe80::1]',
    '[fec0::1]',
    '[ff02::1]',
    '[100::1]',
    '[5f00::1]',
    '[4000::1]',
    '[2620:4f:8000::1]',
  ])('the address %s is not public', (host) => {
    expect(codes(`https://${host}/`)).toEqual(['destination_not_public'])
  })

  test.each([
    '1.1.1.1',
    '100.63.0.1',
    '100.128.0.1',
    '172.15.0.1',
    '172.32.0.1',
    '192.0.1.1',
    '198.17.0.1',
    '198.20.0.1',
    '223.255.255.255',
    '[2001:4860:4860::8888]',
    '[2a00:1450:4001::1]',
  ])('the address %s is public', (host) => {
    expect(codes(`https://${host}/`)).toEqual([])
  })

  test('letters beyond a to z are shown in both spellings', () => {
    const [finding] = checkDestination('https://bücher.example.com/')
    expect(finding).toMatchObject({ code: 'destination_idn', severity: 'warning' })
    expect(finding?.message).toContain('bücher.example.com')
    expect(finding?.message).toContain('xn--bcher-kva.example.com')
  })

  test.each([
    ['https://аррӏе.com/', ['destination_idn', 'destination_mixed_script']],
    ['https://pаypal.com/', ['destination_idn', 'destination_mixed_script']],
    ['https://xn--80ak6aa92e.com/', ['destination_idn', 'destination_mixed_script']],
    ['https://президент.рф/', ['destination_idn']],
    ['https://日本語テスト.jp/', ['destination_idn']],
    ['https://example.com:8443/', ['destination_port']],
  ])('%s is taken with %j', (raw, expected) => {
    expect(codes(raw)).toEqual(expected)
  })

  test('a destination under our own short domain is a circle', () => {
    expect(codes('https://go.example.com/x', ['GO.example.com'])).toEqual(['destination_own_domain'])
    expect(codes('https://example.com/x', ['go.example.com'])).toEqual([])
  })
})
