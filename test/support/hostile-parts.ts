/** Bodies that are no JSON, too deep, too large, or JSON that means something else. */
export const bodies: (string | Buffer)[] = [
  '',
  '{',
  '[',
  '{"a":1,}',
  "{'a':1}",
  '{"a":1}{"b":2}',
  'null',
  '1',
  '"x"',
  '[]',
  '[[]]',
  'NaN',
  '1e999',
  '\ufeff{"name":"x"}',
  '{"__proto__":{"x":1},"constructor":{"prototype":{}}}',
  '{"name":"a","name":"b"}',
  '{"destination_url":"https://example.com/","title":"a\\u0000b","tags":["\\u0000"," "]}',
  '{"title":"\\ud800"}',
  '{"page":1e400}',
  '{"throttles":{"__proto__":1}}',
  '{"cells":{"-1":"x","1e9":"y"}}',
  '{"scopes":["*"]}',
  '['.repeat(50_000),
  '{"a":'.repeat(5000),
  `{"notes":"${'x'.repeat(1024 * 1024)}"}`,
  Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d]),
  '--x\r\nContent-Disposition: form-data; name="file"; filename="../../a"\r\n\r\nslug\r\n--x--',
]

/** Queries as PHP, or nobody, would read them. */
export const queries = [
  '',
  '%',
  '%ff',
  '%00',
  '=',
  '&&&',
  '[]=1',
  'page[]=1',
  'page[a][b]=1',
  'sort[]=slug',
  '__proto__[x]=1',
  'per_page=1e2',
  'per_page=0x10',
  'per_page=-0',
  'search=a%00b',
  'search=%F0%9F%8D%8B',
  `page=${'9'.repeat(300)}`,
  'size=1e9&format=png',
  'from=x&to=y',
  'interval=hour&from=1970-01-01T00:00:00Z',
  'a=1&'.repeat(400),
]

/** Media types, some of them none. */
export const types = [
  'application/json',
  'application/json; charset=utf-16',
  'application/vnd.api+json',
  'text/plain',
  'text/csv',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  ';',
  '/',
]

/** Parts of a path. */
export const ids = [
  'a%00b',
  '%2e%2e',
  '..%2f..',
  '%ff',
  'x'.repeat(250),
  'y'.repeat(400),
  '%F0%9F%8D%8B',
  'null',
  "'--",
  ';',
]

/** Idempotency keys. */
export const keys = ['a', 'x'.repeat(256), '', ' ', '\u00ff', '{"a":1}']

/** What may stand in `If-Match`. */
export const matches = ['*', '""', 'W/"a"', '"a","b"', 'a', ',']
