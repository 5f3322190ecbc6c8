import { loadavg } from 'node:os'

// What the bench prints.

export function head(title, theirs) {
  console.log(`\n${title}\n${'-'.repeat(title.length)}\n${cells('', 'Recount ms', theirs, 'ratio', 'target')}`)
}

export function row(name, { ours, theirs, ratio, target }) {
  console.log(cells(name, milliseconds(ours), milliseconds(theirs), ratio.toPrecision(2), target))
}

export function cells(name, ...rest) {
  return name.padEnd(46) + rest.map((cell) => cell.padStart(12)).join('')
}

function milliseconds(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2)
}

export function megabytes(bytes) {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

export function load() {
  return loadavg()[0].toFixed(1)
}
