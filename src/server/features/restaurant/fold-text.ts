/** A text as it is searched: case, accents and the forms of one letter do not matter. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
}

/** A term for `LIKE … ESCAPE '\'`: its own wildcards mean themselves. */
export function likePattern(term: string): string {
  return `%${term.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}
