/** A page without any input in it, for somebody who scanned a code that leads nowhere. */
export interface PublicPage {
  html: string
}

export const missingPage = page(
  'This code leads nowhere',
  'There is no link behind this code. It may have been printed wrongly, or it is not in use yet. ' +
    'Ask whoever gave you the code.',
)

export const gonePage = page(
  'This link has ended',
  'The link behind this code was switched off, or its time is over. Ask whoever gave you the code for a new one.',
)

function page(title: string, text: string): PublicPage {
  return {
    html: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 18px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 18vh auto 0; padding: 0 1.5rem; }
  h1 { font-size: 1.6rem; margin: 0 0 0.5rem; }
</style>
<h1>${title}</h1>
<p>${text}</p>
</html>
`,
  }
}
