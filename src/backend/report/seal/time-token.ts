import { createHash } from 'node:crypto'
import { ExtKeyUsage, SignedData, TimeStampReq, TimeStampResp, TSTInfo, type Certificate, type RelativeDistinguishedNames } from 'pkijs'
import type { TimeStamp } from '../../../contract'
import { shownText } from '../../../domain'

// The answer of a time stamp authority, RFC 3161 section 2.4.2. What is said is checked against the certificate that lies in
// it; whether anybody trusts that certificate is for the reader, and for `openssl ts -verify -CAfile`.

/** What a token must be about. */
export type Stamped = { root: Uint8Array; request: Uint8Array }

export type TokenCheck = { stamp: TimeStamp; fault: null } | { stamp: null; /** A sentence about the token, as its end: "was refused". */ fault: string }

const TOKEN = '1.2.840.113549.1.7.2'
const TST_INFO = '1.2.840.113549.1.9.16.1.4'
const SHA256 = '2.16.840.1.101.3.4.2.1'
const KEY_USAGE = '2.5.29.37'
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
/** RFC 5816 and RFC 2634: which certificate signed, by its hash, as a part of what is signed. */
const SIGNING_CERTIFICATE = ['1.2.840.113549.1.9.16.2.47', '1.2.840.113549.1.9.16.2.12']

/** Whether the answer of an authority is a time stamp of these bytes, answers this request, and is signed by its own certificate. */
export async function checkToken(bytes: Uint8Array, about: Stamped): Promise<TokenCheck> {
  try {
    return await checkedToken(bytes, about)
  } catch {
    // The library throws whatever it meets in what others made.
    return faulty('cannot be read as the answer of a time stamp authority')
  }
}

async function checkedToken(bytes: Uint8Array, { root, request }: Stamped): Promise<TokenCheck> {
  const { status, timeStampToken: token } = TimeStampResp.fromBER(bytes)
  // 0 is granted, 1 granted with changes.
  if (status.status > 1) return faulty(`was refused by the authority${saying((status.statusStrings ?? []).map((one) => one.valueBlock.value).join(' '))}`)
  if (!token || token.contentType !== TOKEN) return faulty('holds no time stamp')
  const signed = new SignedData({ schema: token.content })
  const info = TSTInfo.fromBER(signed.encapContentInfo.eContent?.getValue() ?? new ArrayBuffer())
  const strange = strangeIn(info, { root, request })
  if (strange !== null) return faulty(strange)
  const certificate = await signerOf(signed, root)
  if (typeof certificate === 'string') return faulty(certificate)
  const at = info.genTime.getTime()
  if (!isForStamps(certificate)) return faulty('is signed with a certificate that is not for time stamps')
  if (at < certificate.notBefore.value.getTime() || at > certificate.notAfter.value.getTime()) return faulty('has a time at which its certificate was not valid')
  return { stamp: { at, authority: nameOf(certificate.subject) }, fault: null }
}

/** What it is about that it should not be about. */
function strangeIn({ messageImprint: { hashAlgorithm, hashedMessage }, nonce }: TSTInfo, { root, request }: Stamped): string | null {
  const hash = createHash('sha256').update(root).digest()
  if (hashAlgorithm.algorithmId !== SHA256 || !hash.equals(hashedMessage.valueBlock.valueHexView)) return 'is about something else than this seal'
  const isAnswer = nonce && nonceOf(request)?.equals(nonce.valueBlock.valueHexView)
  return isAnswer ? null : 'answers another request than the one of this seal'
}

/** Null where the request is damaged. */
function nonceOf(request: Uint8Array): Buffer | null {
  try {
    const nonce = TimeStampReq.fromBER(request).nonce?.valueBlock.valueHexView
    return nonce ? Buffer.from(nonce) : null
  } catch {
    return null
  }
}

/** The certificate whose signature fits what was stamped, or what is wrong. */
async function signerOf(signed: SignedData, root: Uint8Array): Promise<Certificate | string> {
  const { signerInfos, encapContentInfo } = signed
  const attributes = signerInfos[0]?.signedAttrs?.attributes ?? []
  if (encapContentInfo.eContentType !== TST_INFO || signerInfos.length !== 1 || attributes.length === 0) return 'is not signed as a time stamp is'
  const { signatureVerified, signerCertificate } = await signed
    .verify({ signer: 0, data: new Uint8Array(root).buffer, checkChain: false, extendedMode: true })
    .catch(() => ({ signatureVerified: false, signerCertificate: null }))
  if (!signatureVerified || !signerCertificate) return 'has a signature that does not fit, or of a kind that cannot be checked here'
  const der = Buffer.from(signerCertificate.toSchema(false).toBER(false))
  const named = attributes.filter(({ type }) => SIGNING_CERTIFICATE.includes(type)).flatMap(({ values }) => values.map((value: { valueBeforeDecodeView: Uint8Array }) => Buffer.from(value.valueBeforeDecodeView)))
  const isNamed = named.some((value) => ['sha256', 'sha384', 'sha512', 'sha1'].some((kind) => value.includes(createHash(kind).update(der).digest())))
  return isNamed ? signerCertificate : 'does not name the certificate that it is signed with'
}

function isForStamps({ extensions = [] }: Certificate): boolean {
  const usage = extensions.find(({ extnID }) => extnID === KEY_USAGE)
  // RFC 3161 section 2.3: critical, and for nothing else.
  return usage?.critical === true && usage.parsedValue instanceof ExtKeyUsage && usage.parsedValue.keyPurposes.join() === TIME_STAMPING
}

const NAME = '2.5.4.3'
const ORGANISATION = '2.5.4.10'

/** `name, organisation`, as far as the certificate says them. */
function nameOf({ typesAndValues }: RelativeDistinguishedNames): string {
  const said = (type: string) => typesAndValues.filter((one) => one.type === type).map(({ value }) => String(value.valueBlock.value))
  const name = [...new Set([...said(NAME), ...said(ORGANISATION)])].join(', ')
  return name === '' ? 'an authority without a name' : shownText(name.slice(0, 200))
}

function saying(words: string): string {
  const plain = shownText(words.replaceAll(/\s+/g, ' ').trim().slice(0, 200))
  return plain === '' ? '' : ` («${plain}»)`
}

function faulty(fault: string): TokenCheck {
  return { stamp: null, fault }
}
