import { AwsV4Signer } from 'aws4fetch'
import { BackendFault } from '../../contract'
import { askStore, type StoreDoor } from './request'
import { encoded, readBucket } from './address'

/**
 * Whether the store takes the credentials: asked with the least that can be asked. One that lets them write alone is as good.
 * Throws what is wrong with address, key, secret, region or clock.
 */
export async function probeStore(door: StoreDoor): Promise<{ mayList: boolean }> {
  const { prefix } = readBucket(door.destination.url)
  try {
    await askStore(door, { method: 'GET', name: '', query: `list-type=2&max-keys=1&prefix=${encoded(prefix.map((part) => `${part}/`).join(''))}` })
    return { mayList: true }
  } catch (error) {
    if (error instanceof BackendFault && error.code === 'forbidden') return { mayList: false }
    throw error
  }
}

/** The region that the name of a host says, else the one that most stores of one's own take. */
export function regionOf(url: string): string {
  return new AwsV4Signer({ url, service: 's3', accessKeyId: '', secretAccessKey: '' }).region
}
