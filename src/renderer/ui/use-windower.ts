import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { clampTop, rowsToDraw, scaleOf, spacerHeight, topShowing, type Geometry } from './windower.ts'

export interface WindowedRows {
  /** Where the rows are scrolled to, in px of the whole. */
  top: number
  first: number
  last: number
  viewport: number
  spacer: number
  scrollLeft: number
  /** Moves just enough that a row is seen whole. */
  show: (row: number) => void
}

const lineHeight = 16

/**
 * Follows a scrolling element. Its scroll bar moves through all rows; the wheel moves by what it says, also where
 * one px of the bar stands for many.
 */
export function useWindower(
  scroller: RefObject<HTMLElement | null>,
  rows: number,
  rowHeight: number,
  headHeight: number,
): WindowedRows {
  const [height, setHeight] = useState(0)
  const [place, setPlace] = useState({ top: 0, left: 0 })
  const written = useRef(-1)
  const geometry: Geometry = { rows, rowHeight, viewport: Math.max(height - headHeight, 0) }
  const top = clampTop(geometry, place.top)

  useLayoutEffect(() => watchHeight(scroller.current, setHeight), [scroller])

  const onScroll = useEffectEvent((element: HTMLElement) => {
    const left = element.scrollLeft
    // Our own write comes back as an event, rounded: the exact place is known.
    if (Math.abs(element.scrollTop - written.current) < 2) setPlace((before) => ({ ...before, left }))
    else setPlace({ top: element.scrollTop * scaleOf(geometry), left })
    written.current = -1
  })
  const moveTo = (next: number): void => {
    const element = scroller.current
    const clamped = clampTop(geometry, next)
    if (!element || clamped === top) return
    element.scrollTo({ top: clamped / scaleOf(geometry) })
    written.current = element.scrollTop
    setPlace((before) => ({ ...before, top: clamped }))
  }
  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (scaleOf(geometry) === 1 || event.ctrlKey || event.deltaY === 0) return
    event.preventDefault()
    const unit = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? lineHeight : geometry.viewport
    moveTo(top + event.deltaY * unit)
  })
  useEffect(() => watchScroll(scroller.current, onScroll, onWheel), [scroller])

  return {
    ...rowsToDraw(geometry, top),
    top,
    viewport: geometry.viewport,
    spacer: spacerHeight(geometry),
    scrollLeft: place.left,
    show: (row) => moveTo(topShowing(geometry, top, row)),
  }
}

function watchHeight(
  element: HTMLElement | null,
  onHeight: (height: number) => void,
): (() => void) | undefined {
  if (!element) return undefined
  // No more than can be seen, whatever the layout says: rows to draw must never depend on how many there are.
  const measure = (): void => onHeight(Math.min(element.clientHeight, window.innerHeight))
  const watcher = new ResizeObserver(measure)
  watcher.observe(element)
  measure()
  return () => watcher.disconnect()
}

type OnScroll = (element: HTMLElement) => void
type OnWheel = (event: WheelEvent) => void

function watchScroll(
  element: HTMLElement | null,
  onScroll: OnScroll,
  onWheel: OnWheel,
): (() => void) | undefined {
  if (!element) return undefined
  const scroll = (): void => onScroll(element)
  element.addEventListener('scroll', scroll, { passive: true })
  element.addEventListener('wheel', onWheel, { passive: false })
  return () => {
    element.removeEventListener('scroll', scroll)
    element.removeEventListener('wheel', onWheel)
  }
}
