import { useSyncExternalStore } from 'react'

/** Whether the page fills the screen, and how to change that. */
export function useFullScreen(): { isFull: boolean; toggle: () => Promise<void> } {
  const isFull = useSyncExternalStore(subscribe, () => document.fullscreenElement !== null)
  return {
    isFull,
    toggle: () => (isFull ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  }
}

function subscribe(onChange: () => void): () => void {
  document.addEventListener('fullscreenchange', onChange)
  return () => document.removeEventListener('fullscreenchange', onChange)
}
