/** Address of the page; `app` is the scheme that `page-scheme.ts` answers. */
export const PAGE_URL = 'app://recount/'

/** What is asked of a frame to know whether it is the page itself. */
export type FrameLike = { url: string; parent: unknown }

/** Knows the page from everything else. `devUrl` is the address of the development server, when there is one. */
export function ownPage(devUrl: string | undefined) {
  const own = new URL(devUrl ?? PAGE_URL)
  const isOwn = (address: string): boolean => {
    const url = parseOrNull(address)
    // Schemes that the standard does not know have no origin to compare.
    return url !== null && url.protocol === own.protocol && url.host === own.host && url.pathname === own.pathname
  }
  return {
    url: own.href,
    isOwn,
    /** A frame may be gone when its message arrives. */
    isOwnFrame: (frame: FrameLike | null): boolean => frame !== null && frame.parent === null && isOwn(frame.url),
  }
}

export type OwnPage = ReturnType<typeof ownPage>

function parseOrNull(address: string): URL | null {
  try {
    return new URL(address)
  } catch {
    return null
  }
}
