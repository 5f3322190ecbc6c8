import type { Ports } from '../backend'
import type { HostPort, SecretAnswer, SecretAsk } from './backend-messages'

type Secrets = Ports['secrets']
type Waiting = { resolve: (value: string | null) => void; reject: (error: Error) => void }

/** The backend's end: secrets are kept by its host, which outlives it and alone can reach the key store. */
export function hostSecrets(port: HostPort): Secrets {
  const waiting = new Map<number, Waiting>()
  let last = 0
  port.onMessage((message) => {
    if (message.kind !== 'secret') return
    const one = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.answer.ok) one?.resolve(message.answer.value)
    else one?.reject(new Error('the host could not reach its secrets'))
  })
  const asked = (ask: SecretAsk) =>
    new Promise<string | null>((resolve, reject) => {
      const id = ++last
      waiting.set(id, { resolve, reject })
      port.send({ kind: 'secret', id, ask })
    })
  return {
    place: async () => ((await asked({ what: 'place' })) === 'keystore' ? 'keystore' : 'memory'),
    get: (name) => asked({ what: 'get', name }),
    async set(name, value) {
      await asked({ what: 'set', name, value })
    },
    async delete(name) {
      await asked({ what: 'delete', name })
    },
  }
}

/** The host's end. What went wrong stays here: it could hold what was to be kept. */
export async function answerSecret(secrets: Secrets, ask: SecretAsk): Promise<SecretAnswer> {
  try {
    return { ok: true, value: await valueOf(secrets, ask) }
  } catch {
    return { ok: false }
  }
}

async function valueOf(secrets: Secrets, ask: SecretAsk): Promise<string | null> {
  if (ask.what === 'place') return secrets.place()
  if (ask.what === 'get') return secrets.get(ask.name)
  if (ask.what === 'set') await secrets.set(ask.name, ask.value)
  else await secrets.delete(ask.name)
  return null
}
