import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { findChromium } from '../../build/chromium.mjs'
import { isStale } from '../../build/freshness.mjs'
import { pageProcesses, residentOf } from './memory.mjs'
import { openAsciinema } from './replay-asciinema.mjs'
import { openRecount } from './replay-recount.mjs'
import { screensAt } from './screens.mjs'
import { writeSession } from './session.mjs'
import { cells, head, median, row } from './table.mjs'

// Opening, seeking and searching in a long recording, beside asciinema-player in the same Chromium.

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const MEGABYTES = Number(process.env.RECOUNT_BENCH_RECORDING_MB ?? 100)
const SEEKS = Number(process.env.RECOUNT_BENCH_SEEKS ?? 120)
/** One seek in so many is made there too: it takes seconds. */
const OF_THEM_THERE = 3
/** The first are made by cold programs. */
const COLD = 3
/** Seconds: there is text on the screen, and nobody need wait for the index. */
const FIRST = 1
/** `rare` stands nowhere. */
const WORDS = [
  ['a word that is nowhere', 'nginx-no-such-word'],
  ['an address', '203.0.113.77'],
  ['the letter e', 'e'],
]
const SEARCHES = 9
const CHARS = 50e6

export async function benchReplay({ folder, rounds }) {
  const path = findChromium()
  if (path === null) return console.log('\nskipped: replay: no Chromium found')
  if (isStale(ROOT)) execFileSync(process.execPath, [join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'], { cwd: ROOT, stdio: 'ignore' })
  const file = join(folder, 'day.cast')
  const session = writeSession(file, { megabytes: MEGABYTES })
  const moments = await momentsOf(file, session)
  const browser = await chromium.launch({ executablePath: path })
  try {
    const found = await sideBySide(browser, { file, folder, session, moments, rounds })
    print({ ...found, search: await searches(file), session, version: browser.version() })
  } finally {
    await browser.close()
  }
}

/** Where both seek, drawn by lot, and what the screen shows there. */
async function momentsOf(file, session) {
  let state = 99
  const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
  const times = Array.from({ length: SEEKS + COLD }, () => Math.round(random() * session.seconds * 1000) / 1000)
  const ascending = [FIRST, ...times].sort((a, b) => a - b)
  const screens = await screensAt(file, ascending, session)
  const at = (time) => ({ at: time, wanted: screens[ascending.indexOf(time)] })
  return { first: at(FIRST), seeks: times.map(at) }
}

async function sideBySide(browser, { file, folder, session, moments, rounds }) {
  const before = await pageProcesses(browser)
  const recount = await openRecount(browser, { root: ROOT, file, folder })
  const between = await pageProcesses(browser)
  const asciinema = await openAsciinema(browser, { file })
  const after = await pageProcesses(browser)
  const found = { ours: { first: [], load: [], seeks: [] }, theirs: { first: [], seeks: [] } }
  const { ours, theirs } = found
  try {
    for (let round = 0; round < rounds; round++) ours.load.push(sure(await recount.load(moments.first)).sinceLoad)
    for (let round = 0; round < rounds; round++) {
      await asciinema.leave()
      ours.first.push(sure(await recount.open(moments.first)).painted)
      await recount.leave()
      theirs.first.push(sure(await asciinema.open(moments.first)).painted)
    }
    await recount.open(moments.first)
    await recount.indexed(session.seconds)
    for (const [nth, moment] of moments.seeks.entries()) {
      const mine = sure(await recount.seek(moment))
      const other = nth < COLD || nth % OF_THEM_THERE === 0 ? sure(await asciinema.seek(moment)) : null
      if (nth < COLD) continue
      ours.seeks.push(mine)
      if (other !== null) theirs.seeks.push(other)
    }
    ours.felt = await recount.search(WORDS[1][1])
    ours.memory = { ...(await recount.memory()), page: largest(between, before) }
    theirs.memory = { ...(await asciinema.memory()), page: largest(after, between) }
    return found
  } finally {
    await asciinema.close()
    await recount.close()
  }
}

function sure(found) {
  if (found === null) throw new Error('the right screen was not shown')
  return found
}

/** Megabytes of the largest of the processes that were not there before. */
function largest(processes, before) {
  return Math.max(...processes.filter((pid) => !before.includes(pid)).map((pid) => residentOf(pid) ?? 0))
}

/** From the ask to the answer of the thread that holds the recording, for so many characters of text. */
async function searches(file) {
  const { RecordingDesk } = await import(process.env.RECOUNT_BUILT)
  const filesOf = () => ({ files: [{ name: 'day.cast', bytes: readFileSync(file) }], part: '' })
  const desk = new RecordingDesk({ filesOf, onIndexed: () => {}, onError: (error) => console.error(error) })
  const began = performance.now()
  const { lines } = await desk.ask('day', 'lines', {})
  const indexed = performance.now() - began
  const found = []
  for (const [name, text] of WORDS) {
    const times = []
    let total = 0
    for (let nth = 0; nth < SEARCHES; nth++) {
      const asked = performance.now()
      total = (await desk.ask('day', 'search', { text, pattern: false })).total
      times.push((performance.now() - asked) * (CHARS / lines.chars))
    }
    found.push({ name, total, ms: median(times) })
  }
  await desk.closeAll()
  return { found, indexed, chars: lines.chars }
}

function print({ ours, theirs, search, session, version }) {
  const { output, events, seconds } = session
  const both = (name, of, target) => row(name, { ours: of(ours), theirs: of(theirs), ratio: of(theirs) / of(ours), target })
  head(`replay of ${(output / 1e6).toFixed(0)} MB, ${events} events, ${(seconds / 3600).toFixed(1)} h, beside asciinema-player 3.17.0 in Chromium ${version}`, 'theirs ms')
  const painted = ({ seeks }) => seeks.map((seek) => seek.painted)
  const later = ({ seeks }) => seeks.map((seek) => seek.twoFrames)
  both('seek to painted frame, median', (side) => median(painted(side)), '>= 10')
  both('seek to painted frame, p95', (side) => share(painted(side), 0.95), '<= 50 ms')
  both('seek to painted frame, longest', (side) => Math.max(...painted(side)), '<= 150 ms')
  both('seek, two more frames begun, median', (side) => median(later(side)), '')
  both('seek, two more frames begun, p95', (side) => share(later(side), 0.95), '')
  both('opened to first painted frame', ({ first }) => median(first), '<= 300 ms')
  const ms = (value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(2))
  console.log(cells('the same with the whole page loaded anew', ms(median(ours.load))))
  for (const { name, total, ms: taken } of search.found) {
    console.log(cells(`search of 50 M characters, ${name}`, ms(taken), '', '', '<= 50 ms') + `  ${total} hits in ${(search.chars / 1e6).toFixed(0)} M`)
  }
  console.log(cells('last key to count on the screen, 120 ms of rest', ms(ours.felt)))
  console.log(cells('indexed', ms(search.indexed)) + `  ${(output / 1000 / search.indexed).toFixed(1)} MB/s`)
  const { memory } = ours
  console.log(`memory: Recount's process ${mb(memory.process)} with the recording, ${mb(memory.idle)} without; its page ${mb(memory.page)}, ${mb(memory.heap)} of it heap; asciinema-player's page ${mb(theirs.memory.page)}, ${mb(theirs.memory.heap)} of it heap`)
  console.log(`${ours.seeks.length} seeks here and ${theirs.seeks.length} of them there, in turn, at moments drawn by lot, after ${COLD} on each side that do not count; ${ours.first.length} openings each`)
}

function mb(value) {
  return `${value.toFixed(0)} MB`
}

function share(values, part) {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))]
}
