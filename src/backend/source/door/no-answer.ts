import { shownText } from '../../../domain'
import type { NoAnswer } from '../../ports'
import { ServerFault } from '../server-fault'

export type Going = { host: string; proxy: string | undefined; place: string; timeoutMs: number; maxBytes: number }

export function cancelled({ host, place }: Pick<Going, 'host' | 'place'>): ServerFault {
  return new ServerFault({ code: 'cancelled', message: `The request for ${place} at ${host} was cancelled.` })
}

/** What it means that no answer came. */
export function faultOfNoAnswer(error: NoAnswer, going: Going): ServerFault {
  switch (error.problem) {
    case 'aborted':
      return cancelled(going)
    case 'too-long':
      return new ServerFault({
        code: 'bad-answer',
        message: `${going.host} answered ${going.place} with more than ${going.maxBytes / 2 ** 20} MB.`,
      })
    default:
      return new ServerFault({ code: 'unreachable', message: unreachable(error, going) })
  }
}

function unreachable({ problem, message }: NoAnswer, { host, proxy, place, timeoutMs }: Going): string {
  switch (problem) {
    case 'dns':
      return `The name of ${host} was not found: check the address and the network.`
    case 'refused':
      return `${host} refused the connection: no server listens there.`
    case 'reset':
      return `${host} closed the connection before its answer to ${place} was complete.`
    case 'timeout':
      return `${host} did not answer ${place} within ${timeoutMs / 1000} seconds.`
    case 'tls':
      return `The certificate of ${host} is not trusted (${saying(message)}); one of your own needs its CA file.`
    case 'no-tls':
      return `${host} does not speak TLS at this port: check the port of the address.`
    case 'proxy':
      return `The proxy ${proxy ?? ''} did not lead to ${host} (${saying(message)}).`
    default:
      return `${host} could not be reached (${saying(message)}).`
  }
}

function saying(message: string): string {
  return shownText(message.slice(0, 200))
}
