import { SEAL_PROVES } from '../../../contract'
import { formatInstant } from '../../../domain'
import type { BundleContent } from './content'

/** Stands at the top of a bundle, for whoever has nothing but it. */
export function howToVerify({ head, notebook }: BundleContent): string {
  return `${notebook.title.replaceAll(/\s+/g, ' ')}
Sealed ${formatInstant(head.sealedAt)} by ${head.sealedBy} with Recount ${head.version}. ${notebook.tlp}

How this bundle is verified, in this folder:

  in a browser, offline   open data/report.html and choose this folder in it
  with Recount            recount verify .
  by hand                 sha256sum -c manifest-sha256.txt
                          sha256sum -c tagmanifest-sha256.txt
                          openssl pkeyutl -verify -pubin -inkey seal/key.pub -rawin -in seal/root.json -sigfile seal/root.sig
                          sha256sum seal/root.json

The last line prints the root hash. Compare it with the one that was told when this was sealed.

${SEAL_PROVES.join('\n\n')}

A time stamp of somebody else proves that the bundle was there at a time. It needs a time stamp authority (RFC 3161), which
is given the root hash alone. Where seal/root.tsr is here already, one was asked, and the second line checks its answer:

  curl -H 'Content-Type: application/timestamp-query' --data-binary @seal/root.tsq https://AUTHORITY > seal/root.tsr
  openssl ts -verify -queryfile seal/root.tsq -in seal/root.tsr -CAfile AUTHORITY.pem

What is in data: report.html, notebook.md and, where there was something to
print it with, report.pdf are the notebook to read, case.json is it to the letter. events.jsonl has every
record that it rests on, one canonical JSON object (RFC 8785) a line, \`raw\` as the source wrote it; leaves.txt the RFC 6962 leaf
hash and key of each line; proofs.json where each citation stands and the way from its leaf to the root. custody.jsonl is the
log of what was done in the workspace, ledger.json what is known of the completeness of what was read, raw/ holds response
bodies with secrets replaced, recordings/ the recordings that clips are of, exports/ tables.
`
}
