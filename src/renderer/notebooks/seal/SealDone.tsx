import type { SealedBundle } from '../../../contract'
import { Button, Dialog, Fact, formatBytes, formatPlural, Shown } from '../../shared'
import { Proves } from './Proves'
import { StampFact } from './StampFact'

/** The root hash to tell to others, and the four ways to check the bundle. */
export function SealDone({ sealed, name, onClose }: { sealed: SealedBundle; name: string; onClose: () => void }) {
  const isEncrypted = name.endsWith('.enc')
  return (
    <Dialog
      title="Sealed"
      width={600}
      onClose={onClose}
      actions={
        <Button look="primary" onClick={onClose} data-autofocus="">
          Close
        </Button>
      }
    >
      <div className="seal-dialog">
        <dl className="seal-facts">
          <Fact name="Root hash">
            <span className="seal-hash seal-short">{sealed.shortRoot}</span>
            <br />
            <span className="seal-hash">{sealed.root}</span>
          </Fact>
          <Fact name="File" text={name} />
          <Fact name="Holds">
            {formatPlural(sealed.files, 'file')}, {formatPlural(sealed.events, 'record')}, {formatBytes(sealed.bytes)} unpacked
          </Fact>
          <Fact name="Key">
            <span className="seal-hash">{sealed.key.slice(0, 16)}</span>, {sealed.keptIn === 'keystore' ? 'in the system’s key store' : 'in the workspace’s notebook folder'}
          </Fact>
          {sealed.stamp && 'at' in sealed.stamp && <StampFact stamp={sealed.stamp} />}
        </dl>
        {sealed.stamp && 'problem' in sealed.stamp && (
          <p className="nb-problem" role="alert">
            <Shown text={`${sealed.stamp.problem} The bundle was made without; how-to-verify.txt in it says how one is got later.`} />
          </p>
        )}
        <p>Tell the root hash to somebody else now, by e-mail or in a ticket: it then proves that no other bundle was made later.</p>
        <p className="seal-label">How it is verified</p>
        <ul className="seal-how" aria-label="How it is verified">
          <li>In Recount: Notebooks, Verify a bundle</li>
          <li>
            On a command line: <code className="seal-hash"><Shown text={`recount verify ${name}`} /></code>
          </li>
          {!isEncrypted && (
            <>
              <li>In a browser, offline: unpack it and open data/report.html</li>
              <li>
                By hand: <code className="seal-hash">sha256sum -c manifest-sha256.txt</code>
              </li>
            </>
          )}
        </ul>
        <Proves />
      </div>
    </Dialog>
  )
}
