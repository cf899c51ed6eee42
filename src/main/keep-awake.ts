import { powerSaveBlocker } from 'electron'

/** Keeps the screen on while asked to; asking twice changes nothing. */
export function createKeepAwake(): (on: boolean) => void {
  let blocker: number | undefined
  return (on) => {
    if (on === (blocker !== undefined)) return
    if (blocker !== undefined) powerSaveBlocker.stop(blocker)
    blocker = on ? powerSaveBlocker.start('prevent-display-sleep') : undefined
  }
}
