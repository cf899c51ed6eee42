import { ChartColumn, Table2 } from 'lucide-react'
import { useState } from 'react'
import { useFormats } from '../lib/format.ts'
import { useTranslate } from '../lib/translate.ts'
import styles from './bar-chart.module.css'
import { Button } from './button.tsx'

interface Bar {
  name: string
  value: number
}

/** The next round number (1, 2 or 5 times a power of ten) at or above a value, for the top of the axis. */
export function roundTop(value: number): number {
  if (value <= 5) return 5
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power
}

interface BarChartProps {
  label: string
  bars: readonly Bar[]
  /** What the table's columns are called; left out, it counts scans over time. */
  names?: { bar: string; value: string }
}

/** Bars with the same numbers as a table: for screen readers always, for everybody at the press of a button. */
export function BarChart({ label, bars, names }: BarChartProps) {
  const t = useTranslate()
  const [asTable, setAsTable] = useState(false)
  return (
    <figure className={styles.figure} aria-label={label}>
      {!asTable && <Bars bars={bars} />}
      <div className={asTable ? styles.table : styles.unseen}>
        <DataTable label={label} bars={bars} {...(names && { names })} />
      </div>
      <div className={styles.switch}>
        <Button
          small
          tone="quiet"
          icon={asTable ? <ChartColumn aria-hidden /> : <Table2 aria-hidden />}
          onPress={() => setAsTable(!asTable)}
        >
          {asTable ? t('chart.asBars') : t('chart.asTable')}
        </Button>
      </div>
    </figure>
  )
}

const height = 150
const gap = 0.22

function Bars({ bars }: { bars: readonly Bar[] }) {
  const formats = useFormats()
  const top = roundTop(Math.max(...bars.map(({ value }) => value), 0))
  const first = bars[0]?.name
  const last = bars.at(-1)?.name
  return (
    <div className={styles.plot} aria-hidden>
      <div className={styles.axis}>
        <span>{formats.number(top)}</span>
        <span>0</span>
      </div>
      <svg
        className={styles.bars}
        viewBox={`0 0 ${Math.max(bars.length, 1)} ${height}`}
        preserveAspectRatio="none"
      >
        <line className={styles.grid} x1={0} x2={bars.length} y1={height / 2} y2={height / 2} />
        {bars.map(({ name, value }, index) => {
          const tall = value === 0 ? 1 : Math.max((value / top) * height, 3)
          return (
            <rect
              key={name}
              className={value === 0 ? styles.zero : styles.bar}
              x={index + gap / 2}
              y={height - tall}
              width={1 - gap}
              height={tall}
            >
              <title>{`${name}: ${formats.number(value)}`}</title>
            </rect>
          )
        })}
      </svg>
      <div className={styles.ends}>
        <span>{first}</span>
        <span>{last === first ? '' : last}</span>
      </div>
    </div>
  )
}

function DataTable({ label, bars, names }: BarChartProps) {
  const t = useTranslate()
  const formats = useFormats()
  return (
    <table>
      <caption className={styles.unseen}>{label}</caption>
      <thead>
        <tr>
          <th scope="col">{names?.bar ?? t('chart.span')}</th>
          <th scope="col">{names?.value ?? t('chart.scans')}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ name, value }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{formats.number(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
