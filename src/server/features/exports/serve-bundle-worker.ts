import type { MessagePort } from 'node:worker_threads'
import { FileBuilder, type Builder } from './build-files.ts'
import { SheetBuilder } from './build-sheets.ts'
import { BundleFailure, type Drawers } from './bundle-item.ts'
import type { BundleAnswer, BundleQuestion } from './bundle-messages.ts'
import { ZipTooLarge } from './zip-file.ts'

/** Builds one bundle in this thread, as it is told over the port. */
export function serveBundleWorker(port: MessagePort, drawers: Drawers): void {
  let builder: Builder | undefined

  async function answer(question: BundleQuestion): Promise<BundleAnswer> {
    if (question.ask === 'open') {
      const { job, keys } = question
      drawers.begin?.(keys)
      builder = job.kind === 'print_sheets' ? new SheetBuilder(job, drawers) : new FileBuilder(job, drawers)
      return { progress: builder.progress }
    }
    if (builder === undefined) throw new Error('No bundle is open.')
    if (question.ask === 'finish') {
      const finished = await builder.finish()
      return { progress: builder.progress, finished }
    }
    await builder.add(question.items)
    return { progress: builder.progress }
  }

  port.on('message', (question: BundleQuestion) => {
    void answer(question)
      .catch((error: unknown): BundleAnswer => explain(error as NodeJS.ErrnoException))
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
      .then((reply) => port.postMessage(reply))
  })
}

/** What went wrong as a sentence that says what to do. */
function explain(error: NodeJS.ErrnoException): BundleAnswer {
  if (error instanceof BundleFailure || error instanceof ZipTooLarge) {
    return { error: error.message, isFailure: true }
  }
  if (error.code === 'ENOSPC') {
    return { error: 'The disk is full. Free some space and start the bundle again.', isFailure: true }
  }
  if (error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS') {
    return {
      error: 'The folder of the app cannot be written to. Check who may write there.',
      isFailure: true,
    }
  }
  return { error: error.stack ?? error.message, isFailure: false }
}
