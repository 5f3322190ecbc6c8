const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** `1,284,310` */
export function formatCount(n: number): string {
  return COUNT.format(n)
}

/** At most three digits: `4,102`, `12.8 k`, `1.28 M`; whole numbers up to 9,999 as they are. */
export function formatShortCount(n: number): string {
  if (n < 10_000) return formatCount(n)
  return scaled(n, 1000, ['k', 'M', 'G', 'T'])
}

/** `512 B`, `4.9 MB`: powers of 1,000, as file managers print them. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${formatCount(bytes)} B`
  return scaled(bytes, 1000, ['kB', 'MB', 'GB', 'TB'])
}

/** `340 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h` */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return twoUnits(seconds, [60, 'min'], [1, 's'])
  if (seconds < 86_400) return twoUnits(seconds, [3600, 'h'], [60, 'min'])
  return twoUnits(seconds, [86_400, 'd'], [3600, 'h'])
}

/** In one unit, rounded down: `12 s`, `3 min`, `9 h`, `4 d`; less than a second is `0 s`. */
export function formatRough(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const units: [number, string][] = [[86_400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']]
  const [size, name] = units.find(([unit]) => seconds >= unit) ?? [1, 's']
  return `${Math.floor(seconds / size)} ${name}`
}

/** `1 file`, `3 files` */
export function formatPlural(n: number, one: string, many = `${one}s`): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`
}

function scaled(n: number, step: number, units: readonly string[]): string {
  let value = n
  let unit = ''
  for (const next of units) {
    if (unit !== '' && value < step - 0.5) break
    value /= step
    unit = next
  }
  const digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0
  return `${value.toFixed(digits)} ${unit}`
}

function twoUnits(seconds: number, [big, bigName]: [number, string], [small, smallName]: [number, string]): string {
  const whole = Math.floor(seconds / big)
  const rest = Math.floor((seconds % big) / small)
  return rest > 0 ? `${whole} ${bigName} ${rest} ${smallName}` : `${whole} ${bigName}`
}
