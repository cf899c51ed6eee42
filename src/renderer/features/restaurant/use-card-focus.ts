import { useEffect, useRef, type RefObject } from 'react'
import { useShortcuts } from '../../lib/shortcuts.ts'

/** A card is reached by its step's button: Enter takes the step. */
const stepOf = 'button[data-order]'

/** The arrows go from card to card, and the focus goes on to the next card when one leaves its column. */
export function useCardFocus(board: RefObject<HTMLElement | null>) {
  const leaving = useRef<{ column: string; index: number }>(undefined)
  const move = (across: number, down: number) => () => moveFocus(board.current, across, down)
  useShortcuts({
    ArrowDown: move(0, 1),
    ArrowUp: move(0, -1),
    ArrowRight: move(1, 0),
    ArrowLeft: move(-1, 0),
  })
  useEffect(() => {
    const from = leaving.current
    leaving.current = undefined
    if (!from) return
    const cards = cardsOf(columnNamed(board.current, from.column))
    const next = cards[Math.min(from.index, cards.length - 1)]
    next?.focus()
  })
  return (orderId: string): void => {
    const button = [...(board.current?.querySelectorAll<HTMLElement>(stepOf) ?? [])].find(
      ({ dataset }) => dataset['order'] === orderId,
    )
    const column = button?.closest<HTMLElement>('[data-column]')
    if (!button || !column) return
    leaving.current = { column: column.dataset['column'] ?? '', index: cardsOf(column).indexOf(button) }
  }
}

function columnsIn(board: HTMLElement | null): HTMLElement[] {
  return [...(board?.querySelectorAll<HTMLElement>('[data-column]') ?? [])]
}

function columnNamed(board: HTMLElement | null, name: string): HTMLElement | undefined {
  return columnsIn(board).find(({ dataset }) => dataset['column'] === name)
}

function cardsOf(column: HTMLElement | undefined): HTMLElement[] {
  return [...(column?.querySelectorAll<HTMLElement>(stepOf) ?? [])]
}

function moveFocus(board: HTMLElement | null, across: number, down: number): void {
  const columns = columnsIn(board)
    .map(cardsOf)
    .filter((cards) => cards.length > 0)
  const card = (document.activeElement as HTMLElement | null)?.closest('article')
  const here = columns.findIndex((cards) => cards.some((button) => card?.contains(button) === true))
  if (here < 0) return columns[0]?.[0]?.focus()
  const row = columns[here]?.findIndex((button) => card?.contains(button) === true) ?? 0
  const column = columns[Math.min(Math.max(here + across, 0), columns.length - 1)]
  column?.[Math.min(Math.max(row + down, 0), column.length - 1)]?.focus()
}
