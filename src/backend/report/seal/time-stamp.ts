// A request for a time stamp, RFC 3161 section 2.4.1, in DER: version 1, the SHA-256 of what is stamped, a nonce, and the
// wish for the authority's certificate.

const SHA256 = Buffer.from('300d06096086480165030402010500', 'hex')

/** `hash` and `nonce` are of 32 and 8 bytes. */
export function timeStampRequest(hash: Uint8Array, nonce: Uint8Array): Buffer {
  // An integer whose first bit is set would be negative.
  const number = Buffer.from(nonce)
  number[0] = ((number[0] ?? 0) & 0x3f) | 0x40
  const imprint = sequence(SHA256, tagged(0x04, hash))
  return sequence(Buffer.from([0x02, 1, 1]), imprint, tagged(0x02, number), Buffer.from([0x01, 1, 0xff]))
}

/** Whether a request speaks of that hash. */
export function speaksOf(request: Uint8Array, hash: Uint8Array): boolean {
  return Buffer.from(request).includes(sequence(SHA256, tagged(0x04, hash)))
}

function sequence(...parts: Uint8Array[]): Buffer {
  return tagged(0x30, Buffer.concat(parts))
}

/** All that is made here is shorter than 128 bytes, whose length is one byte. */
function tagged(tag: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([tag, bytes.length]), bytes])
}
