import { z } from 'zod'
import { id } from './ask-parts'

const passphrase = z.string().min(1).max(1000).nullable()

export const sealAsks = {
  'seal.preview': z.strictObject({ id }),
  'notebook.seal': z.strictObject({ id, passphrase, stamp: z.boolean() }),
  'seal.read': z.strictObject({ id }),
  'seal.end': z.strictObject({ id }),
  'bundle.verify': z.strictObject({
    input: z.union([z.strictObject({ path: z.string().min(1).max(4000) }), z.strictObject({ upload: id })]),
    passphrase,
  }),
} as const
