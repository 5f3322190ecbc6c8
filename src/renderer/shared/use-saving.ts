import type { Answer, MethodName } from '../../contract'
import { messageOf } from './message-of'
import { saveBytes } from './save-bytes'
import { useSaying } from './use-saying'

type SavedMethod = { [M in MethodName]: Answer<M>['value'] extends { name: string; bytes: Uint8Array } ? M : never }[MethodName]

/** Saves the file that a method answers with, and says for a moment how that ended. */
export function useSaving() {
  const { said, say } = useSaying()
  const write = async (asked: Promise<Answer<SavedMethod>>) => {
    const { name, bytes } = (await asked).value
    if (await saveBytes(name, whole(bytes))) say(`Saved ${name}`)
  }
  const save = (asked: Promise<Answer<SavedMethod>>) => {
    write(asked).catch((error: unknown) => say(messageOf(error)))
  }
  return { said, say, save }
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
