import { describe, expect, it } from 'vitest'
import { namesFrom } from '#renderer/features/tables/table-names.ts'

describe('names of tables', () => {
  it('are one each, parted by commas or lines', () => {
    expect(namesFrom('Bar, Window ;Terrace\nGarden,')).toEqual(['Bar', 'Window', 'Terrace', 'Garden'])
  })

  it('may be a run of numbers, with what stands before it', () => {
    expect(namesFrom('1-3')).toEqual(['1', '2', '3'])
    expect(namesFrom('T 9–11')).toEqual(['T 9', 'T 10', 'T 11'])
    expect(namesFrom('08-10')).toEqual(['08', '09', '10'])
  })

  it('are taken as they stand where a run makes no sense', () => {
    expect(namesFrom('5-1')).toEqual(['5-1'])
    expect(namesFrom('1-9999')).toEqual(['1-9999'])
    expect(namesFrom('Sofa-left')).toEqual(['Sofa-left'])
  })

  it('are 200 at most in one go', () => {
    expect(namesFrom('1-150, 1001-1150')).toHaveLength(200)
  })
})
