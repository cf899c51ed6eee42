import { createRoot } from 'react-dom/client'
import './app/base.css'
import { applyAppearance, loadAppearance } from './lib/appearance.ts'
import { App } from './app/app.tsx'
import { openApi } from './app/session.ts'

applyAppearance(loadAppearance())
const root = document.getElementById('root')
if (root) createRoot(root).render(<App opened={openApi(window)} />)
