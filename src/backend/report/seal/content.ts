import type { Notebook, NotebookSide } from '../../../contract'
import type { CoverageRange, Instant, TimeRange } from '../../../domain'

/** What every report says of itself. */
export type BundleHead = {
  /** What was read, and the role it was visible to. */
  sources: readonly string[]
  /** What the notebook is about; null where nothing says it. */
  period: TimeRange | null
  /** Zone that times are shown in. */
  zone: string
  version: string
  sealedAt: Instant
  sealedBy: string
}

/** A response body as it is held: secrets replaced, everything else byte for byte. */
export type RawPage = {
  bytes: Uint8Array
  place: string
  fetchedAt: Instant
  /** Hex SHA-256 of the body as received; that of `bytes` where no secret was replaced. */
  receivedSha256: string | null
  status: number | null
  date: string | null
  /** Records of the bundle that came in it, and where in its bytes. */
  records: { key: string; offset: number; length: number }[]
}

export type BundleRecording = { id: string; sha256: string | null; files: { name: string; bytes: Uint8Array }[] }

type Many<T> = Iterable<T> | AsyncIterable<T>

/** All that a bundle is made of, read piece by piece. */
export type BundleContent = {
  head: BundleHead
  notebook: Notebook
  /** Lines of the file of evidence with that hash, in its order, without line ends. Asked for several times. */
  evidence(sha256: string): Many<string>
  /** Bodies that the cited records came in, as far as they are held. */
  pages: Many<RawPage>
  /** Recordings that clips are of, as far as their bytes are held. */
  recordings: Many<BundleRecording>
  /** The custody log as it stands, a line an entry, oldest first. */
  custody: Uint8Array
  /** What stands beside the notebook; null where nothing is known beside it. */
  side: NotebookSide | null
  ledger: readonly CoverageRange[]
  /** What could not be put in, in plain words. */
  lacking: readonly string[]
}
