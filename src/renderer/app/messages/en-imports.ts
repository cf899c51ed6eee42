export const importsEn = {
  'imports.title': 'Import',
} as const
