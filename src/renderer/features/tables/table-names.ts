const largestRun = 200

/** Names of tables as a person writes them: `Terrace 1-12, Bar`, where a run of numbers stands for each of them. */
export function namesFrom(text: string): string[] {
  return text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap(runOf)
    .slice(0, largestRun)
}

function runOf(part: string): string[] {
  const [, head = '', from, to] = /^(.*?)(\d{1,4})\s*[-–]\s*(\d{1,4})$/.exec(part) ?? []
  if (from === undefined || to === undefined) return [part]
  const [first, last] = [Number(from), Number(to)]
  if (last < first || last - first >= largestRun) return [part]
  return Array.from({ length: last - first + 1 }, (_, at) => {
    return `${head}${String(first + at).padStart(from.startsWith('0') ? from.length : 1, '0')}`
  })
}
