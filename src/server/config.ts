/** What the server is told at its start; nothing of it changes while it runs. */
export interface Config {
  /** Absolute path of the folder that holds the database, imports, logs and backups. */
  dataDir: string
  /**
   * 0 lets the system choose, undefined asks the settings. A pinned port that is taken is an error, never a hop to
   * another.
   */
  port: number | undefined
  /** Version of the app, for health, the OpenAPI document and the log. */
  version: string
  /** Folder of the built page; undefined serves the API alone. */
  pageDir: string | undefined
  /** The page's origin when it does not come from this server: `app://bundle` in Electron. */
  pageOrigin: string | undefined
  /** `postgres://…` for a hub. */
  databaseUrl: string | undefined
  /** Scripts of the worker threads; their place differs between the source and the built bundle. */
  workers: { read: URL; import: URL; bundle: URL }
  /** Folder of the fonts with which tickets are drawn: packages of @fontsource, each in a folder of its name. */
  fontDir: string
  /** The program of the reader that codes are read back with. */
  readerWasm: string
}
