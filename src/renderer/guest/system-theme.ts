/** Light or dark as the phone is, in the app's own colours; a finger's sizes always. */
export function followSystemTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const contrast = matchMedia('(prefers-contrast: more)')
  const { dataset } = document.documentElement
  dataset['density'] = 'touch'
  const apply = (): void => {
    dataset['theme'] = contrast.matches ? 'contrast' : dark.matches ? 'dark' : 'light'
  }
  apply()
  dark.addEventListener('change', apply)
  contrast.addEventListener('change', apply)
}
