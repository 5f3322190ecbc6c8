// Both environments have these; the pure rooms see neither the DOM nor Node, so the part used here is declared.
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  decode(bytes: Uint8Array): string
}
