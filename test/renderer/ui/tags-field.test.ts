import { expect, it } from 'vitest'
import { addTags } from '#renderer/ui/tags-field.tsx'

it('pasted tags are parted, trimmed and never doubled', () => {
  expect(addTags(['print'], ' table, print;box \n\nbox')).toEqual(['print', 'table', 'box'])
})
