// Runs in pages, by Playwright: functions that stand alone.

/**
 * Acts, and waits for the right text. Milliseconds until the frame that draws it is done (`painted`; `sinceLoad`, since the
 * page was begun to load), and until two more have begun after it stood in the page. Null where it does not come.
 */
export async function untilPainted({ selector, wanted, act, most }) {
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())))
  const task = () => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = resolve
    port2.postMessage(null)
  })
  // Players draw in callbacks of a frame: what they change there is painted at its end, and whatever else is, with the next.
  let isInFrame = false
  let isWatched = true
  const watchFrames = async () => {
    while (isWatched) {
      await frame()
      isInFrame = true
      await task()
      isInFrame = false
    }
  }
  void watchFrames()
  const isRight = () => (document.querySelector(selector)?.textContent ?? '').replace(/\s+/g, '') === wanted
  const began = performance.now()
  const right = await new Promise((resolve) => {
    const watch = new MutationObserver(() => isRight() && end(true))
    const timer = setTimeout(() => end(isRight()), most)
    const end = (found) => {
      watch.disconnect()
      clearTimeout(timer)
      resolve(found ? performance.now() - began : null)
    }
    watch.observe(document.body, { subtree: true, childList: true, characterData: true })
    if ('open' in act) {
      globalThis.player = globalThis.AsciinemaPlayer.create(act.open, document.querySelector('#player'), { preload: true, fit: 'width' })
    }
    if ('hash' in act) location.hash = act.hash
    if ('seek' in act) void globalThis.player.seek(act.seek)
    if (isRight()) end(true)
  })
  isWatched = false
  if (right === null) return null
  const twoFrames = frame().then(frame)
  if (!isInFrame) await frame()
  await task()
  const painted = performance.now()
  return { painted: painted - began, sinceLoad: painted, twoFrames: (await twoFrames) - began }
}

/** Types into the field that searches; milliseconds until the count stands beside it. */
export async function untilCounted({ text, most }) {
  const field = document.querySelector('.rp-search input')
  const count = document.querySelector('.rp-search-count')
  const type = (value) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, value)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  type('')
  await new Promise((resolve) => setTimeout(resolve, 300))
  const began = performance.now()
  type(text)
  while (!/^(none|\d)/.test(count.textContent) && performance.now() - began < most) {
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
  return performance.now() - began
}
