import { join } from 'node:path'
import { BackendFault, type Ask, type TableName } from '../contract'
import { accessHandlers } from './access-handlers'
import { approvalHandlers } from './approval-handlers'
import { on, type Context, type Handlers, type Reading } from './handler'
import { accountName } from './notebook'
import { CannotPrint, type Ports } from './ports'
import { Sessions } from './query'
import { controlSheets, ReportDesk, sheetHead, sheetPieces, type ReportGround } from './report'
import { signInHandlers } from './signin-handlers'

const READ: TableName[] = ['event', 'connection', 'coverage', 'recording', 'setting']

/** Reports say what the screens show: they ask the same as those. */
export function reportHandlers({ store, workspace, version, ports }: Context, answers: Pick<Handlers, keyof ReportGround['answers']>) {
  const ground: ReportGround = { store, version, by: accountName(), now: () => ports.clock.now(), answers: answersOf(answers) }
  const controls = join(workspace, 'controls')
  const desk = new ReportDesk(ground, (html) => printed(ports.pdf, html))
  return {
    'report.preview': on(READ, (ask: Ask<'report.preview'>) => desk.preview(ask)),
    'report.begin': on(READ, (ask: Ask<'report.begin'>) => desk.begin(ask)),
    'report.read': on([], ({ id, part }: Ask<'report.read'>) => desk.read(id, part)),
    'report.end': on([], ({ id }: Ask<'report.end'>) => {
      desk.end(id)
      return {}
    }),
    'control.sheets': on(READ, ({ range }: Ask<'control.sheets'>) => controlSheets(store, controls, range)),
    'control.begin': on(READ, (ask: Ask<'control.begin'>) => {
      const { framework, range, format, zone, tlp } = ask
      return desk.beginMade({
        what: `controls-${framework.replaceAll(/[^A-Za-z0-9]+/g, '-')}`,
        format,
        async make() {
          const sheets = await controlSheets(store, controls, range)
          const sheet = sheets.sheets.find((one) => one.framework === framework)
          if (!sheet) throw new BackendFault({ code: 'not-found', message: `There is no mapping ${framework}.` })
          const asked = { sheet, sheets, connections: store.connections(), zone, tlp, version, at: ports.clock.now() }
          return { head: sheetHead(asked), pieces: sheetPieces(asked, format) }
        },
      })
    }),
  } satisfies Partial<Handlers>
}

/** The same for who has no backend, as the command line. */
export function reportGround(reading: Reading, version: string): ReportGround {
  const answers = { ...approvalHandlers(reading), ...signInHandlers(reading), ...accessHandlers(reading, new Sessions(reading.store)) }
  return { store: reading.store, version, by: accountName(), now: () => reading.ports.clock.now(), answers: answersOf(answers) }
}

function answersOf(answers: Pick<Handlers, keyof ReportGround['answers']>): ReportGround['answers'] {
  return {
    'access.list': answers['access.list'].run,
    'approval.summary': answers['approval.summary'].run,
    'approval.requests': answers['approval.requests'].run,
    'approval.unapproved': answers['approval.unapproved'].run,
    'signin.summary': answers['signin.summary'].run,
  }
}

/** Throws what a person can act on. */
export async function printed(pdf: Ports['pdf'], html: Iterable<string>): Promise<Uint8Array> {
  try {
    return await pdf.print(html)
  } catch (error) {
    if (!(error instanceof CannotPrint)) throw error
    throw new BackendFault({ code: error.problem === 'no-program' ? 'not-offered' : 'internal', message: error.message })
  }
}
