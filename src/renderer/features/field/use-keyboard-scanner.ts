import { useEffect, useEffectEvent } from 'react'
import type { KeyToken } from './key-tokens.ts'
import { pauseTime, TypedScan } from './typed-scan.ts'

/**
 * Listens for a scanner that types, before anything else on the page does: its keys are no shortcuts, press no
 * button, and leave no trace in a field. Keys of a person go their way, a little later.
 */
export function useKeyboardScanner(onScan: (tokens: KeyToken[]) => void, isActive = true): void {
  const scanned = useEffectEvent(onScan)
  useEffect(() => {
    if (!isActive) return undefined
    const listener = new ScanListener((tokens) => scanned(tokens))
    listener.start()
    return () => listener.stop()
  }, [isActive])
}

class ScanListener {
  readonly #scan = new TypedScan()
  readonly #onScan: (tokens: KeyToken[]) => void
  readonly #replayed = new WeakSet<Event>()
  #held: { event: KeyboardEvent; target: EventTarget | null }[] = []
  #field: { element: HTMLInputElement | HTMLTextAreaElement; value: string } | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(onScan: (tokens: KeyToken[]) => void) {
    this.#onScan = onScan
  }

  start(): void {
    addEventListener('keydown', this.#down, { capture: true })
    addEventListener('keyup', this.#up, { capture: true })
  }

  stop(): void {
    removeEventListener('keydown', this.#down, { capture: true })
    removeEventListener('keyup', this.#up, { capture: true })
    clearTimeout(this.#timer)
  }

  readonly #down = (event: KeyboardEvent): void => {
    if (this.#replayed.has(event) || event.isComposing) return
    // A page that was busy meets keys before the timer that should have come between them.
    if (this.#scan.isOver(event.timeStamp)) this.#pause()
    if (this.#scan.isEmpty) this.#remember(event.target)
    const handling = this.#scan.down(event, event.timeStamp)
    if (handling === 'person') this.#letGo()
    else if (handling === 'end') {
      stopEvent(event)
      this.#finish()
    } else if (handling === 'part') {
      if (this.#field === undefined) this.#hold(event)
      clearTimeout(this.#timer)
      this.#timer = setTimeout(this.#pause, pauseTime)
    }
  }

  readonly #up = (event: KeyboardEvent): void => {
    this.#scan.up(event, event.timeStamp)
  }

  readonly #pause = (): void => {
    if (this.#scan.isScan) this.#finish()
    else this.#letGo()
  }

  /** In a field the characters are seen as they come, and taken out again if they were a scan. */
  #remember(target: EventTarget | null): void {
    const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
    this.#field = isField ? { element: target, value: target.value } : undefined
    this.#held = []
  }

  #hold(event: KeyboardEvent): void {
    stopEvent(event)
    this.#held.push({ event, target: event.target })
  }

  #finish(): void {
    clearTimeout(this.#timer)
    const tokens = this.#scan.take()
    this.#held = []
    if (this.#field) restore(this.#field.element, this.#field.value)
    this.#onScan(tokens)
  }

  /** Typed by a person: what was held back happens now. */
  #letGo(): void {
    clearTimeout(this.#timer)
    this.#scan.clear()
    for (const { event, target } of this.#held.splice(0)) {
      const again = new KeyboardEvent(event.type, event)
      this.#replayed.add(again)
      target?.dispatchEvent(again)
    }
  }
}

function stopEvent(event: Event): void {
  event.preventDefault()
  event.stopImmediatePropagation()
}

/** Past React's own copy of the value, which would take no notice otherwise. */
function restore(element: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const prototype = Object.getPrototypeOf(element) as object
  const property = Object.getOwnPropertyDescriptor(prototype, 'value')
  property?.set?.call(element, value)
  element.dispatchEvent(new Event('input', { bubbles: true }))
}
