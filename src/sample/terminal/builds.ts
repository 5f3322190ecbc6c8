import { below, hex8 } from '../data/random'
import { many, said, slowly, type Output, type Scene } from './program'
import { anyOf, between, colour, ESC, left, lines, right } from './text'
import type { Frame } from './tape'

const SPINNER = Array.from('⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏')

/** One line that is written again and again. */
function bar(random: Scene['random'], { steps, draw }: { steps: number; draw: (share: number, at: number) => string }): Frame[] {
  return many(steps, (at) => ({ wait: 90 + random() * 240, text: `\r${draw((at + 1) / steps, at)}${ESC}[K` }))
}

export function install({ random }: Scene): Output {
  const spins = bar(random, {
    steps: between(random, 24, 70),
    draw: (share, at) => `${SPINNER[at % SPINNER.length]} ${colour('2', `(${'#'.repeat(Math.round(share * 18)).padEnd(18, '⠂')})`)} reify:${anyOf(random, ['undici', 'zod', 'react', 'vite', 'typescript'])}: ${colour('32', 'timing')} reifyNode:node_modules`,
  })
  const end = said('', `added ${between(random, 200, 900)} packages, and audited ${between(random, 900, 999)} packages in ${between(random, 4, 30)}s`, '', '141 packages are looking for funding', '  run `npm fund` for details', '', `found ${colour('32', colour('1', '0'))} vulnerabilities`).frames
  return { frames: spins, end: [{ wait: 20, text: `\r${ESC}[K` }, ...end] }
}

export function make({ random }: Scene): Output {
  const count = between(random, 24, 60)
  const rows = many(count, (at) => {
    const share = `[${right(Math.round(((at + 1) / count) * 100), 3)}%]`
    const file = `src/${anyOf(random, ['route', 'parcel', 'ledger', 'queue', 'label'])}_${at}.cc`
    return at % 9 === 8 ? `${share} ${colour('32;1', `Linking CXX executable test_${at}`)}` : `${share} ${colour('32', `Building CXX object ${file}.o`)}`
  })
  return { frames: [...slowly(random, 160, rows), ...said(`${colour('32', '100% tests passed')}, 0 tests failed out of ${between(random, 40, 400)}`).frames] }
}

/** Lines that are drawn again in their places, as BuildKit does. */
export function dockerBuild({ random }: Scene): Output {
  const stages = ['[internal] load build definition from Dockerfile', '[internal] load metadata for docker.io/library/node:20', '[1/5] FROM docker.io/library/node:20', '[2/5] WORKDIR /app', '[3/5] COPY package*.json ./', '[4/5] RUN npm ci', '[5/5] COPY . .', 'exporting to image']
  const frames: Frame[] = [{ wait: 200, text: lines('[+] Building 0.0s (0/8)') }]
  let height = 1
  for (const [at] of stages.entries()) {
    for (const tenth of [1, 4, 8]) {
      const rows = stages.slice(0, at + 1).map((stage, place) => {
        const row = ` => ${left(stage, 70)} ${right(`${(place + tenth / 10).toFixed(1)}s`, 8)}`
        return place < at ? colour('34', row) : row
      })
      const head = `[+] Building ${(at + tenth / 10).toFixed(1)}s (${at}/8)`
      frames.push({ wait: 250 + random() * 300, text: `${ESC}[${height}A${[head, ...rows].map((row) => `\r${ESC}[2K${row}\r\n`).join('')}` })
      height = rows.length + 1
    }
  }
  return { frames, end: said(` => => writing image sha256:${hex8(below(random, 2 ** 31))}`).frames }
}

export function compose({ random }: Scene): Output {
  const names = ['postgres', 'redis', 'orders-api', 'worker']
  const draw = (done: number) => [`[+] Running ${done}/${names.length}`, ...names.map((name, at) => ` ${at < done ? colour('32', '✔') : SPINNER[(done + at) % 10]} Container ${left(`orders-${name}-1`, 24)} ${at < done ? colour('32', 'Started') : 'Starting'}`)]
  const frames: Frame[] = [{ wait: 300, text: lines(...draw(0)) }]
  for (let done = 1; done <= names.length; done++) {
    frames.push({ wait: 500 + random() * 900, text: `${ESC}[${names.length + 1}A${draw(done).map((row) => `\r${ESC}[2K${row}\r\n`).join('')}` })
  }
  return { frames }
}

export function pull({ random }: Scene): Output {
  const objects = between(random, 20, 400)
  const count = (what: string) => bar(random, { steps: 8, draw: (share) => `${what}: ${right(Math.round(share * 100), 3)}% (${Math.round(share * objects)}/${objects})` })
  const files = many(between(random, 3, 12), (at) => ` src/orders/part_${at}.ts | ${right(between(random, 1, 90), 3)} ${colour('32', '+'.repeat(between(random, 1, 30)))}${colour('31', '-'.repeat(between(random, 1, 12)))}`)
  const end = said('', `Updating ${hex8(below(random, 2 ** 31)).slice(0, 7)}..${hex8(below(random, 2 ** 31)).slice(0, 7)}`, 'Fast-forward', ...files, ` ${files.length} files changed`).frames
  return { frames: [...count('remote: Counting objects'), { wait: 5, text: lines('') }, ...count('Receiving objects'), ...end] }
}

export function commits({ random, command }: Scene): Output {
  const count = Math.min(40, Number(/head -(\d+)/.exec(command)?.[1] ?? 10))
  return said(...many(count, () => `${hex8(below(random, 2 ** 31)).slice(0, 7)} ${anyOf(random, ['Fix rounding of weights', 'Bump postgres', 'Tell carriers apart', 'Merge branch release', 'Größe der Etiketten'])}`))
}

export function certificates({ random }: Scene): Output {
  const rule = '- '.repeat(40).trimEnd()
  const frames = slowly(random, 700, ['Saving debug log to /var/log/letsencrypt/letsencrypt.log', '', rule, 'Processing /etc/letsencrypt/renewal/shop.fernhill.test.conf', rule, 'Account registered.', 'Simulating renewal of an existing certificate for shop.fernhill.test', '', rule, 'Congratulations, all simulated renewals succeeded:'])
  return { frames: [...frames, ...said('  /etc/letsencrypt/live/shop.fernhill.test/fullchain.pem (success)', rule).frames] }
}

export function upgradable({ random }: Scene): Output {
  const rows = many(between(random, 8, 40), (at) => `${colour('32', `lib${anyOf(random, ['ssl', 'curl', 'xml2', 'gnutls', 'pq'])}${at}`)}/stable-security 3.${at}-1~deb12u${between(random, 1, 6)} amd64 [upgradable from: 3.${at}-1~deb12u0]`)
  const bars = bar(random, { steps: 10, draw: (share) => `Listing... ${Math.round(share * 100)}%` })
  return { frames: [...bars, { wait: 10, text: `\r${ESC}[K${lines('Listing... Done', ...rows)}` }] }
}
