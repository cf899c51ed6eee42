import { useEffect, useEffectEvent } from 'react'

/** Keys by name: `?`, `/`, `c`, `g l` (one after the other) or `mod+k` (Ctrl, on a Mac Command). */
export type Shortcuts = Record<string, () => void>

const sequenceTime = 900

/** Listens while mounted. Plain keys rest while somebody types or a dialog is open; `mod+` ones never do. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const onKey = useEffectEvent((event: KeyboardEvent, before: string | undefined): boolean => {
    const name = nameOf(event)
    const run = shortcuts[before === undefined ? name : `${before} ${name}`] ?? shortcuts[name]
    if (run === undefined || event.defaultPrevented) return false
    if (!name.startsWith('mod+') && isBusy(event.target)) return false
    event.preventDefault()
    run()
    return true
  })
  useEffect(() => {
    let before: { name: string; at: number } | undefined
    const listen = (event: KeyboardEvent): void => {
      const fresh =
        before !== undefined && event.timeStamp - before.at < sequenceTime ? before.name : undefined
      const ran = onKey(event, fresh)
      before = ran || isBusy(event.target) ? undefined : { name: nameOf(event), at: event.timeStamp }
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (event.ctrlKey || event.metaKey) return `mod+${key}`
  return event.altKey ? `alt+${key}` : key
}

function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.closest('input, textarea, select, [contenteditable], [role=dialog], [role=grid][data-cells]') !==
    null
  )
}
