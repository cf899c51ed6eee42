import type { Tune } from './board-preferences.ts'

type Tone = readonly [frequency: number, start: number, length: number]

/** Each over within a second and a half. Frequencies in Hz, times in seconds. */
const notes: Record<Exclude<Tune, 'off'>, { shape: OscillatorType; tones: readonly Tone[] }> = {
  bell: {
    shape: 'sine',
    tones: [
      [1319, 0, 0.6],
      [1047, 0.22, 0.9],
    ],
  },
  chime: {
    shape: 'triangle',
    tones: [
      [784, 0, 0.3],
      [988, 0.16, 0.3],
      [1175, 0.32, 0.3],
      [1568, 0.48, 0.7],
    ],
  },
  alarm: {
    shape: 'square',
    tones: [
      [880, 0, 0.16],
      [880, 0.26, 0.16],
      [1175, 0.52, 0.3],
    ],
  },
}

/** Plays without any file. Browsers keep silent until a page was touched, which `isBlocked` tells. */
export class OrderSound {
  #context: AudioContext | undefined

  /** Asking a browser that would refuse writes a warning, so it is not asked before the page was touched. */
  get isBlocked(): boolean {
    if (this.#context) return this.#context.state === 'suspended'
    return window.qrscan === undefined && !navigator.userActivation.hasBeenActive
  }

  /** To be called from a touch or a key. */
  async unblock(): Promise<void> {
    if (window.qrscan === undefined && !navigator.userActivation.hasBeenActive) return
    this.#context ??= new AudioContext()
    if (this.#context.state === 'suspended') await this.#context.resume()
  }

  /** `volume` from 0 to 100. Silent where the browser still blocks it. */
  async play(tune: Tune, volume: number): Promise<void> {
    if (tune === 'off' || volume === 0 || this.isBlocked) return
    await this.unblock()
    const context = this.#context
    if (context?.state !== 'running') return
    const { shape, tones } = notes[tune]
    for (const tone of tones) playTone(context, shape, tone, volume / 100)
  }

  async close(): Promise<void> {
    await this.#context?.close()
    this.#context = undefined
  }
}

/** A tone that is struck and dies away; squares sound louder than they measure. */
function playTone(context: AudioContext, shape: OscillatorType, tone: Tone, volume: number): void {
  const [frequency, start, length] = tone
  const from = context.currentTime + start
  const gain = context.createGain()
  const loud = volume ** 2 * (shape === 'square' ? 0.25 : 0.8)
  gain.gain.setValueAtTime(0.0001, from)
  gain.gain.exponentialRampToValueAtTime(Math.max(loud, 0.0002), from + 0.015)
  gain.gain.exponentialRampToValueAtTime(0.0001, from + length)
  const oscillator = context.createOscillator()
  oscillator.type = shape
  oscillator.frequency.value = frequency
  oscillator.connect(gain).connect(context.destination)
  oscillator.start(from)
  oscillator.stop(from + length + 0.05)
}
