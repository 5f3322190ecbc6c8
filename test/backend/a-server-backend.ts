import { onTestFinished } from 'vitest'
import { startBackend, type Ports, type RunningBackend } from '../../src/backend'
import type { Ask, MethodName, Methods, SignInStep, SyncJob } from '../../src/contract'
import { SAMPLE_CODE, SAMPLE_PASSWORD, startSample, type RunningSample, type SampleOptions } from '../../src/sample'
import { testPorts } from '../ports'
import { tempFolder } from './temp-folder'

/** A Friday noon; the sample server's clock goes on from here in real time, the backend's stands until it is moved. */
export const NOON = Date.UTC(2026, 1, 6, 12)

export type ServedBackend = {
  backend: RunningBackend
  workspace: string
  ports: Ports
  clock: { at: number }
  /** Errors of the log, which are mistakes of the program. */
  errors: unknown[]
  /** Answers the value alone. */
  ask<M extends MethodName>(method: M, ask: Ask<M>): Promise<Methods[M]>
  /** All states of syncs, in order. */
  told: SyncJob[]
}

type Own = { env?: Record<string, string>; sample?: Ports['sample'] }

export async function aBackend(workspace = tempFolder(), own: Own = {}): Promise<ServedBackend> {
  const clock = { at: NOON }
  const errors: unknown[] = []
  const log = { info: () => {}, error: (_message: string, error: unknown) => void errors.push(error) }
  const ports = testPorts({ clock: { now: () => clock.at }, log, ...own })
  const pace = { firstWaitMs: 1, mostWaitMs: 2, tries: 3, hourly: 1_000_000, secondMs: 1, progressMs: 1 }
  const backend = await startBackend({ workspace, ports, pace })
  onTestFinished(() => backend.close())
  const told: SyncJob[] = []
  backend.on('sync.progressed', (job) => void told.push(job))
  return { backend, workspace, ports, clock, errors, told, ask: async (method, ask) => (await backend.call(method, ask)).value }
}

export async function aSample(options: SampleOptions = {}): Promise<RunningSample> {
  const sample = await startSample({ events: 600, seed: 7, now: NOON, ...options })
  onTestFinished(() => sample.close())
  return sample
}

export const addressOf = ({ url }: { url: string }) => ({ kind: 'webxterm', url })

/** Signs in to the end with everything right. */
export async function signedIn({ ask }: ServedBackend, sample: { url: string }, { user, tenant = 'fernhill' }: { user: string; tenant?: string }): Promise<Done> {
  let step: SignInStep = await ask('server.signIn', { ...addressOf(sample), user, password: SAMPLE_PASSWORD })
  while (step.step !== 'done') {
    const { ticket } = step
    step = step.step === 'code' ? await ask('server.verifyCode', { ticket, code: SAMPLE_CODE }) : await ask('server.chooseTenant', { ticket, tenant })
  }
  return step
}

export type Done = Extract<SignInStep, { step: 'done' }>

/** Connects with a ready token. */
export async function connectedByToken(served: ServedBackend, sample: RunningSample, { name, role = 'super_admin' }: { name: string; role?: keyof RunningSample['tokens'] }) {
  const { ticket } = await served.ask('server.useToken', { ...addressOf(sample), token: sample.tokens[role] })
  return served.ask('server.connect', { ticket, name })
}

const ENDS: readonly SyncJob['state'][] = ['done', 'cancelled', 'failed']

/** The last state of the sync of a connection that begins or is under way. */
export function endOf({ backend }: ServedBackend, name: string): Promise<SyncJob> {
  return when(backend, (job) => job.connection === name && ENDS.includes(job.state))
}

/** The first state that is told from now on and fits. */
export function when(backend: RunningBackend, fits: (job: SyncJob) => boolean): Promise<SyncJob> {
  return new Promise((resolve) => {
    const stop = backend.on('sync.progressed', (job) => {
      if (!fits(job)) return
      stop()
      resolve(job)
    })
  })
}

/** Begins a sync; answers its end when its first records are held. */
export async function begun(served: ServedBackend, name: string): Promise<{ ended: Promise<SyncJob> }> {
  const reading = when(served.backend, (job) => job.connection === name && job.recordsDone > 0)
  const ended = endOf(served, name)
  await served.ask('sync.start', { connection: name })
  await reading
  return { ended }
}

/** Syncs to the end. */
export async function synced(served: ServedBackend, name: string, more: Omit<Ask<'sync.start'>, 'connection'> = {}): Promise<SyncJob> {
  const end = endOf(served, name)
  await served.ask('sync.start', { connection: name, ...more })
  return end
}

export async function connectionNamed({ ask }: ServedBackend, name: string) {
  const connection = (await ask('connection.list', {})).find((known) => known.name === name)
  if (!connection?.server) throw new Error(`there is no server ${name}`)
  return { ...connection, server: connection.server }
}
