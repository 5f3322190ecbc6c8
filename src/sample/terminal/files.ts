import { below } from '../data/random'
import { clockOf, many, numberIn, said, slowly, table, type Output, type Scene } from './program'
import { anyOf, between, colour, left, right } from './text'

const NAMES = 'auth backup billing cache data deploy export gateway index lock migrate orders parts queue report sync usage worker'.split(' ')
const ENDINGS = ['', '', '.log', '.log.1', '.conf', '.tar.gz', '.sh', '.csv', '.json']

type Entry = { name: string; kind: 'folder' | 'program' | 'link' | 'packed' | 'plain'; size: number; at: number }

function entries({ random, at }: Scene, count: number): Entry[] {
  const made = new Map<string, Entry>()
  for (let tries = 0; made.size < count && tries < count * 4; tries++) {
    const ending = anyOf(random, ENDINGS)
    const name = anyOf(random, NAMES) + (tries % 5 === 4 ? String(below(random, 40)) : '') + ending
    const kind = ending === '.sh' ? 'program' : ending === '.tar.gz' ? 'packed' : ending !== '' ? 'plain' : random() < 0.8 ? 'folder' : 'link'
    made.set(name, { name, kind, size: kind === 'folder' ? 4096 : below(random, 9_000_000), at: at - below(random, 90) * 86_400_000 })
  }
  return [...made.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

const COLOURS = { folder: '01;34', program: '01;32', link: '01;36', packed: '01;31', plain: '' } as const
const MODES = { folder: 'drwxr-xr-x', program: '-rwxr-xr-x', link: 'lrwxrwxrwx', packed: '-rw-r--r--', plain: '-rw-r-----' } as const

function coloured({ name, kind }: Entry): string {
  const shown = kind === 'plain' ? name : colour(COLOURS[kind], name)
  return kind === 'link' ? `${shown} -> ${colour('01;34', `/srv/${name}`)}` : shown
}

/** `ls -la`, in colours. */
export function listLong(scene: Scene): Output {
  const { random, user } = scene
  const found = entries(scene, between(random, 14, 46))
  const dots: Entry[] = ['.', '..', '.bash_history', '.cache', '.profile'].map((name, at) => {
    return { name, kind: at < 2 || at === 3 ? 'folder' : 'plain', size: 4096, at: scene.at }
  })
  const rows = [...dots, ...found].map((entry) => {
    const { day, time } = clockOf(entry.at)
    const owner = entry.name === '..' ? 'root' : user
    return `${MODES[entry.kind]} ${between(random, 1, 9)} ${left(owner, 14)} ${left('staff', 8)} ${right(entry.size, 9)} ${day} ${time.slice(0, 5)} ${coloured(entry)}`
  })
  return said(`total ${between(random, 60, 9000)}`, ...rows)
}

/** `ls`, in columns. */
export function listShort(scene: Scene): Output {
  const found = entries(scene, 40)
  const width = Math.max(...found.map(({ name }) => name.length)) + 2
  const across = Math.max(1, Math.floor(scene.cols / width))
  const height = Math.ceil(found.length / across)
  const rows = many(height, (row) =>
    found.filter((_, at) => at % height === row).map((entry) => colour(COLOURS[entry.kind], entry.name) + ' '.repeat(width - entry.name.length)).join(''),
  )
  return said(...rows)
}

export function listReleases(scene: Scene): Output {
  const { day } = clockOf(scene.at)
  return said(...many(Math.min(numberIn(scene, 10), 30), (at) => `release-${day.replace(/ +/, '-').toLowerCase()}-${200 - at}`))
}

export function disks({ random }: Scene): Output {
  const row = (device: string, size: number, mount: string) => {
    const used = Math.floor(size * (0.1 + random() * 0.85))
    return [device, `${size}G`, `${used}G`, `${size - used}G`, `${Math.round((used / size) * 100)}%`, mount]
  }
  const rows = [row('/dev/nvme0n1p2', 60, '/'), row('tmpfs', 8, '/dev/shm'), row('/dev/nvme0n1p1', 2, '/boot/efi'), row('/dev/nvme1n1', 900, '/srv')]
  return said(...table([['Filesystem', 'Size', 'Used', 'Avail', 'Use%', 'Mounted on'], ...rows]))
}

export function diskUse({ random }: Scene): Output {
  const rows = many(between(random, 6, 14), (at) => `${right(`${below(random, 900)}M`, 6)}\t/var/lib/postgresql/15/${anyOf(random, NAMES)}${at}`)
  return { frames: slowly(random, 180, rows) }
}

export function memory({ random }: Scene): Output {
  const used = between(random, 900, 14_000)
  return said(
    '               total        used        free      shared  buff/cache   available',
    `Mem:${right(31_990, 16)}${right(used, 12)}${right(3021, 12)}${right(212, 12)}${right(31_990 - used - 3021, 12)}${right(31_990 - used, 12)}`,
    `Swap:${right(8191, 15)}${right(0, 12)}${right(8191, 12)}`,
  )
}

const RELEASE = ['PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"', 'NAME="Debian GNU/Linux"', 'VERSION_ID="12"', 'VERSION="12 (bookworm)"', 'ID=debian']

export function release(): Output {
  return said(...RELEASE, 'HOME_URL="https://www.debian.org/"')
}

const LEVELS = [
  ['INFO ', '32'],
  ['INFO ', '32'],
  ['WARN ', '33'],
  ['ERROR', '31'],
] as const
const EVENTS = ['request done', 'upstream timed out (110: Connection timed out)', 'retry 2 of 5', 'cache miss', 'order accepted', 'Zeitüberschreitung bei Søn', '接続が拒否されました']

/** Lines of a log up to now, oldest first. */
export function logLines({ random, at }: Pick<Scene, 'random' | 'at'>, count: number): string[] {
  let time = at - count * 2500
  return many(count, () => {
    time += random() * 4500
    const [level, code] = anyOf(random, LEVELS)
    const address = `198.51.100.${between(random, 1, 250)}`
    return `${clockOf(time).iso} ${colour(code, level)} [worker-${below(random, 8)}] ${anyOf(random, EVENTS)} client=${address} ms=${below(random, 4000)}`
  })
}

export function tail(scene: Scene): Output {
  return said(...logLines(scene, Math.min(numberIn(scene, 10), 60)))
}

/** Follows until Ctrl-C. */
export function follow(scene: Scene): Output {
  const { random } = scene
  const start = said(...logLines(scene, 10)).frames
  const more = logLines({ random, at: scene.at + 40_000 }, between(random, 12, 30))
  return { frames: [...start, ...slowly(random, 1300, more)], end: [{ wait: 700, text: '^C\r\n' }], exit: 130 }
}

export function statusCounts({ random }: Scene): Output {
  return said(...['200', '204', '301', '304', '404', '499', '502'].map((status) => `${right(below(random, 90_000), 7)} ${status}`))
}

export function history({ random }: Scene, commands: readonly string[]): Output {
  const first = between(random, 300, 900)
  return said(...commands.slice(-30).map((command, at) => `${right(first + at, 5)}  ${command}`))
}
