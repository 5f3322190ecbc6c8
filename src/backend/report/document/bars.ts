import { html } from './escape'
import type { Bars } from './model'
import type { ZoneClock } from './zone'

const WIDTH = 720
const HEIGHT = 120
/** Room below for the times of both ends. */
const FOOT = 18

/** Bars over time, stacked by outcome: failures at the foot, where a few are seen among many. */
export function barsSvg({ from, step, success, failure, unknown }: Bars, title: string, clock: ZoneClock): string {
  const count = Math.max(1, failure.length)
  const most = Math.max(1, ...failure.map((failed, at) => failed + (success[at] ?? 0) + (unknown[at] ?? 0)))
  const width = WIDTH / count
  const bars = failure.flatMap((failed, at) => {
    let top = HEIGHT
    return [
      ['failure', failed] as const,
      ['unknown', unknown[at] ?? 0] as const,
      ['success', success[at] ?? 0] as const,
    ].flatMap(([outcome, n]) => {
      if (n === 0) return []
      const height = Math.max(1, (n / most) * HEIGHT)
      top -= height
      return `<rect class="${outcome}" x="${rounded(at * width)}" y="${rounded(top)}" width="${rounded(Math.max(0.6, width - 1))}" height="${rounded(height)}"/>`
    })
  })
  const sums = [success, failure, unknown].map((counts) => counts.reduce((all, n) => all + n, 0))
  const said = `${title}: ${sums[0]} success, ${sums[1]} failure, ${sums[2]} unknown; at most ${most} in one bar`
  const ends = `<text x="0" y="${HEIGHT + FOOT - 4}">${html(clock.seconds(from))}</text><text x="${WIDTH}" y="${HEIGHT + FOOT - 4}" text-anchor="end">${html(clock.seconds(from + count * step))}</text>`
  const key = `<p class="key"><span class="failure">■ failure ${sums[1]}</span> <span class="success">■ success ${sums[0]}</span> <span class="unknown">■ unknown ${sums[2]}</span> · at most ${most} in one bar</p>`
  return `<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT + FOOT}" role="img" aria-label="${html(said)}"><line x1="0" y1="${HEIGHT}" x2="${WIDTH}" y2="${HEIGHT}"/>${bars.join('')}${ends}</svg>${key}</figure>\n`
}

function rounded(n: number): string {
  return String(Math.round(n * 100) / 100)
}
