/** What a link of the recovery page asks for. They are links, so that the page needs no script. */
export const recoveryActions = {
  '/recovery/retry': 'retry',
  '/recovery/data': 'show-data',
  '/recovery/quit': 'quit',
} as const
export type RecoveryAction = (typeof recoveryActions)[keyof typeof recoveryActions]

/** Shown in place of the page when the server has given up. */
export function recoveryPage(problem: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="color-scheme" content="light dark" />
    <title>QRScan could not start</title>
    <style nonce="__CSP_NONCE__">
      body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 12vh auto; padding: 0 1.5rem }
      a { display: inline-block; padding: 0.75rem 1.25rem; margin: 0 0.5rem 0.5rem 0; border: 1px solid; border-radius: 0.5rem }
      pre { white-space: pre-wrap; padding: 1rem; border: 1px solid }
    </style>
  </head>
  <body>
    <main>
      <h1>QRScan could not start</h1>
      <p>Nothing was deleted: your links and imports are in the data folder. The part that reads them has stopped.</p>
      <pre>${escapeHtml(problem)}</pre>
      <p>
        <a href="/recovery/retry">Try again</a>
        <a href="/recovery/data">Show the data folder</a>
        <a href="/recovery/quit">Quit</a>
      </p>
    </main>
  </body>
</html>
`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
