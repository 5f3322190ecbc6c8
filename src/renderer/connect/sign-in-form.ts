import type { Ask } from '../../contract'
import type { Connection } from '../../domain'
import { typedText } from '../shared'

export type SignInWay = 'password' | 'token'

/** What of the first step is remembered when it is shown again; never a password or a token. */
export type Remembered = { way: SignInWay; url: string; user: string; caFile: string; proxy: string }

export function rememberedOf(again: Connection | null): Remembered {
  const server = again?.server
  return {
    way: server?.signIn.by ?? 'password',
    url: server?.url ?? '',
    user: server?.signIn.user ?? server?.account.email ?? '',
    caFile: server?.caFile ?? '',
    proxy: server?.proxy ?? '',
  }
}

export type SignInAsk =
  | { method: 'server.signIn'; ask: Ask<'server.signIn'> }
  | { method: 'server.useToken'; ask: Ask<'server.useToken'> }

/** A field that a person can mend. */
export type Field = 'url' | 'user' | 'password' | 'token' | 'caFile' | 'proxy' | 'code' | 'tenant' | 'name'

export type Problem = { field: Field | null; message: string }

/** The one kind of server that can be connected now. */
const KIND = 'webxterm'

/** Reads the first step and empties its secret, so that nothing on the page keeps it. */
export function takeForm(form: HTMLFormElement): { remembered: Remembered; secret: string } {
  const text = (name: string) => typedText(form, name)
  const way = text('way') === 'token' ? 'token' : 'password'
  const field = form.elements.namedItem('secret')
  const secret = field instanceof HTMLInputElement ? field.value : ''
  if (field instanceof HTMLInputElement) field.value = ''
  const remembered = { way, url: text('url'), user: text('user'), caFile: text('caFile'), proxy: text('proxy') } as const
  return { remembered, secret }
}

/** What is missing before anybody is asked; null where nothing is. */
export function missing({ way, url, user }: Remembered, secret: string): Problem | null {
  if (url === '') return { field: 'url', message: 'The address of the server is missing.' }
  if (way === 'token') return secret.trim() === '' ? { field: 'token', message: 'The access token is missing.' } : null
  if (user === '') return { field: 'user', message: 'The e-mail address is missing.' }
  return secret === '' ? { field: 'password', message: 'The password is missing.' } : null
}

export function signInAsk({ way, url, user, caFile, proxy }: Remembered, secret: string): SignInAsk {
  const address = {
    kind: KIND,
    url: /^[a-z][a-z\d+.-]*:\/\//i.test(url) ? url : `https://${url}`,
    ...(caFile === '' ? {} : { caFile }),
    ...(proxy === '' ? {} : { proxy }),
  }
  return way === 'token'
    ? { method: 'server.useToken', ask: { ...address, token: secret.trim() } }
    : { method: 'server.signIn', ask: { ...address, user, password: secret } }
}
