/** Exit codes of the command line; `--help` lists them. */
export const exitCodes = { done: 0, refused: 1, usage: 2, unreachable: 3 } as const

/** The words of a call are off; the message says how. */
export class UsageError extends Error {}

/** The work was understood but not done: the input has errors, or the server said no. */
export class Refused extends Error {}
