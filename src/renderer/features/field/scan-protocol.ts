/** A picture on its way to the reader, as RGBA. */
export interface ReadRequest {
  id: number
  width: number
  height: number
  pixels: ArrayBuffer
  /** A still picture may take its time; a frame of a film may not. */
  thorough: boolean
}

/** What was in it, the nearest to the middle first. */
export interface ReadAnswer {
  id: number
  carriers: string[]
  /** How long reading took, in ms. */
  took: number
  /** The reader itself broke, as when its wasm could not be loaded. */
  error?: string
}
