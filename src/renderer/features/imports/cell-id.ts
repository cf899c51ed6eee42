/** The id by which the grid names its active cell to screen readers. */
export function cellId(row: number, column: number): string {
  return `cell-${row}-${column}`
}
