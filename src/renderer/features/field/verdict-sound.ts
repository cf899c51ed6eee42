import type { Verdict } from '#contract/recalls.ts'

type Tone = readonly [frequency: number, start: number, length: number]

/** Told apart with closed eyes: recalled is low, harsh and threefold; what is not listed is short and soft. */
const sounds: Record<Verdict, { shape: OscillatorType; tones: readonly Tone[] }> = {
  recalled: {
    shape: 'square',
    tones: [
      [330, 0, 0.16],
      [330, 0.22, 0.16],
      [220, 0.44, 0.4],
    ],
  },
  possible: {
    shape: 'triangle',
    tones: [
      [660, 0, 0.16],
      [523, 0.2, 0.3],
    ],
  },
  not_listed: { shape: 'sine', tones: [[1047, 0, 0.14]] },
  unreadable: { shape: 'sawtooth', tones: [[147, 0, 0.28]] },
}

/** Plays without any file; silent until the page was touched, as browsers want it. */
export class VerdictSound {
  #context: AudioContext | undefined

  async play(verdict: Verdict): Promise<void> {
    if (window.qrscan === undefined && !navigator.userActivation.hasBeenActive) return
    this.#context ??= new AudioContext()
    if (this.#context.state === 'suspended') await this.#context.resume()
    const { shape, tones } = sounds[verdict]
    for (const tone of tones) playTone(this.#context, shape, tone)
  }

  async close(): Promise<void> {
    await this.#context?.close()
    this.#context = undefined
  }
}

function playTone(context: AudioContext, shape: OscillatorType, [frequency, start, length]: Tone): void {
  const from = context.currentTime + start
  const gain = context.createGain()
  const loud = shape === 'sine' || shape === 'triangle' ? 0.6 : 0.25
  gain.gain.setValueAtTime(0.0001, from)
  gain.gain.exponentialRampToValueAtTime(loud, from + 0.01)
  gain.gain.exponentialRampToValueAtTime(0.0001, from + length)
  const oscillator = context.createOscillator()
  oscillator.type = shape
  oscillator.frequency.value = frequency
  oscillator.connect(gain).connect(context.destination)
  oscillator.start(from)
  oscillator.stop(from + length + 0.05)
}
