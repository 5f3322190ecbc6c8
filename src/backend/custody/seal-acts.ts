import type { SealedBundle } from '../../contract'
import { formatInstant } from '../../domain'
import { acts, checks, over } from './act'
import { wholeText } from './words'

export const sealActs = {
  'seal.preview': null,
  'notebook.seal': over<'notebook.seal'>(async ({ id, passphrase, stamp }, look) => {
    const title = await look.ask('notebook.get', { id }).then((notebook) => notebook.title, () => id)
    return ({ id: seal, name }) => [
      { action: 'seal', object: `notebook ${title}`, detail: `begun as ${name}, seal ${seal}${passphrase === null ? '' : ', encrypted with a passphrase'}${stamp ? ', to be time-stamped' : ''}` },
    ]
  }),
  'seal.read': acts<'seal.read'>(({ id }, { sealed }) =>
    sealed && { action: 'seal', object: `seal ${id}`, detail: `done: ${sealed.files} files, ${sealed.events} events, root ${sealed.root}, key ${sealed.key}${stampText(sealed.stamp)}` },
  ),
  'seal.end': null,
  'bundle.verify': checks<'bundle.verify'>(({ input }, { ok, files, findings, root }) => ({
    action: 'verify',
    object: 'path' in input ? `bundle ${input.path}` : `bundle with root ${root ?? 'not known'}`,
    detail: ok ? `${files} files as sealed; root ${root ?? 'not known'}` : wholeText(`not as sealed: ${findings.map(({ words }) => words).join('; ')}`),
  })),
}

function stampText(stamp: SealedBundle['stamp']): string {
  if (stamp === null) return ''
  return 'problem' in stamp ? '; no time stamp was got' : `; time-stamped ${formatInstant(stamp.at)}`
}
