/** Words in a printer's own name, the narrower before the wider, and the profile that fits. */
const models: readonly (readonly [pattern: RegExp, profile: string])[] = [
  [/\bTM[- ]?T88\s?(IV|III|II)\b/i, 'epson-tm-t88-old'],
  [/\bTM[- ]?T88/i, 'epson-tm-t88'],
  [/\bTM[- ]?T70/i, 'epson-tm-t70'],
  [/\bTM[- ]?(T20|T82|T81|T83)/i, 'epson-tm-t20'],
  [/\bTM[- ]?m(10|30|50)/i, 'epson-tm-m30'],
  [/\bTM[- ]?[A-Z]?\d{2}/, 'epson-tm-t20'],
  [/\bTSP\s?100|\bTSP1[0-4]\d/i, 'star-tsp100'],
  [/\bTSP\s?(6|7|8)\d\d/i, 'star-tsp650'],
  [/\b(SRP|BIXOLON)\b/i, 'bixolon-80'],
  [/\bCT-?(S|E|D)\d/i, 'citizen-80'],
  [/\bSUNMI.*\b(V2|V1|58)/i, 'sunmi-58'],
  [/\bSUNMI\b/i, 'sunmi-80'],
  [/\b(RP3\d\d|RONGTA)\b/i, 'rongta-80'],
  [/\b(XP|ZJ|POS|NT)-?58/i, 'xprinter-58'],
  [/\b(XP|ZJ|POS)-?80|\bXPRINTER\b/i, 'xprinter-80'],
]

/** The profile for a model's name as printers, USB and queues tell it; null when the name says nothing. */
export function guessProfile(model: string): string | null {
  return models.find(([pattern]) => pattern.test(model))?.[1] ?? null
}
