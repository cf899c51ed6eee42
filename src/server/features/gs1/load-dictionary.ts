import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DictionaryError, readDictionary, type Dictionary } from './dictionary.ts'
import { builtInDictionary } from './dictionary-text.ts'

const fileName = 'gs1-dictionary.txt'
const mostBytes = 400_000

/** The table that came with this release. */
export function readBuiltInDictionary(): Dictionary {
  return readDictionary(builtInDictionary.text, builtInDictionary.version)
}

/**
 * A table in GS1's text format. Its version is what its line `# Release:` says, else a part of its SHA-256. Throws
 * DictionaryError, whose message is a sentence.
 */
export function loadDictionary(text: string): Dictionary {
  const release = /^# Release: ([\w.-]{1,40})$/m.exec(text)?.[1]
  const named = release !== undefined && release !== 'UNSET'
  return readDictionary(text, named ? release : createHash('sha256').update(text).digest('hex').slice(0, 12))
}

/**
 * The table in the data folder (`gs1-dictionary.txt`) where there is one that can be used: identifiers are added every
 * year, and no release of ours should have to be waited for. Else the built-in one; `refuse` hears why.
 */
export function dictionaryIn(dataDir: string, refuse: (sentence: string) => void): Dictionary {
  const path = join(dataDir, fileName)
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found?.isFile() === true) {
      if (found.size > mostBytes) throw new DictionaryError(0, 'it is too long.')
      return loadDictionary(readFileSync(path, 'utf8'))
    }
  } catch (error) {
    refuse(`${fileName} is not used. ${error instanceof Error ? error.message : String(error)}`)
  }
  return readBuiltInDictionary()
}
