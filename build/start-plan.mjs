// What `npm start` does, decided from facts alone.

/** Milliseconds for which a failed fetch of Electron is remembered. */
export const FAILURE_LASTS = 24 * 60 * 60 * 1000

/** Splits the words after `npm start --` into those meant for this script, the workspace, and those for the program. */
export function readArgs(words) {
  const args = { browser: false, dev: false, fetch: false, workspace: null, rest: [] }
  for (let i = 0; i < words.length; i++) {
    const word = words[i]
    if (word === '--browser') args.browser = true
    else if (word === '--dev') args.dev = true
    else if (word === '--fetch') args.fetch = true
    else if (word === '--workspace' && i + 1 < words.length) args.workspace = words[++i]
    else if (word.startsWith('--workspace=')) args.workspace = word.slice('--workspace='.length)
    else args.rest.push(word)
  }
  return args
}

/**
 * Whether to build, whether to fetch Electron meanwhile, and where the window opens: 'desktop', 'browser', or
 * 'desktop-if-fetched'. `why` says in words why it is a browser; null when it was chosen or is not yet known.
 */
export function planStart(facts) {
  return { build: facts.stale && !facts.args.dev, ...whereTo(facts) }
}

function whereTo({ args, electron, hasDisplay, failure, mirror, now }) {
  const browser = (why) => ({ fetch: false, where: 'browser', why })
  if (args.browser) return browser(null)
  // A program that somebody named needs no second guess about displays.
  if (electron?.named) return { fetch: false, where: 'desktop', why: null }
  if (!hasDisplay) return browser('there is no display for a desktop window')
  if (electron) return { fetch: false, where: 'desktop', why: null }
  const fresh = failure && failure.mirror === mirror && now >= failure.at && now - failure.at < FAILURE_LASTS
  if (fresh && !args.fetch) {
    const again = 'it is tried again after a day, or at once with --fetch'
    return browser(`Electron could not be fetched (${failure.reason}); ${again}`)
  }
  return { fetch: true, where: 'desktop-if-fetched', why: null }
}
