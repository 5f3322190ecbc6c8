// @ts-check
import { element, nodeOf, shown } from './build.js'
import { checkPage, hex, leafOf, utf8 } from './check.js'
import { bundleFiles, checkFolder } from './folder.js'

// Both texts are taken before the page is drawn, which takes their elements out.
const contentText = document.getElementById('content')?.textContent ?? ''
const sealText = document.getElementById('seal')?.textContent ?? '{}'
const state = element('div', { class: 'seal-state' })
state.setAttribute('role', 'status')
const list = element('ul', { class: 'seal-problems' })
const facts = element('p', { class: 'seal-facts' })
const record = element('dialog', { class: 'seal-record' })
/** Lines of events.jsonl, once the folder is picked. @type {Uint8Array<ArrayBuffer>[]} */
let bundleLines = []

/** @param {'busy' | 'good' | 'bad'} look @param {string} words @param {{ problems?: string[], more?: string }} [facts] */
function tellState(look, words, { problems = [], more = '' } = {}) {
  state.className = `seal-state ${look}`
  const mark = element('span', { class: 'seal-mark', text: { busy: '…', good: '✓', bad: '✗' }[look] })
  mark.setAttribute('aria-hidden', 'true')
  state.replaceChildren(mark, element('strong', { text: words }), element('small', { text: more }))
  list.replaceChildren(...problems.slice(0, 200).map((text) => element('li', { text: shown(text) })))
  if (problems.length > 200) list.append(element('li', { text: `and ${problems.length - 200} more` }))
}

/** @param {any} content */
function drawPage(content) {
  document.title = `${content.title} · ${content.tlp}`
  const picker = /** @type {HTMLInputElement} */ (element('input'))
  picker.type = 'file'
  picker.id = 'seal-folder'
  picker.setAttribute('webkitdirectory', '')
  picker.addEventListener('change', () => {
    if (picker.files) void checkPicked(picker.files)
  })
  const label = /** @type {HTMLLabelElement} */ (element('label', { text: 'Check the whole bundle: choose its folder' }))
  label.htmlFor = 'seal-folder'
  const proves = element('div', { class: 'seal-proves' }, [
    element('h2', { text: 'What a seal proves, and what it does not' }),
    ...content.proves.map((/** @type {string} */ text) => element('p', { text })),
    element('p', { text: 'This page checks itself, and a copy that somebody changed could claim anything: where that matters, compare the root hash with the one you were told, and check the folder with Recount (recount verify) or by hand (sha256sum -c manifest-sha256.txt).' }),
  ])
  const box = element('section', { class: 'seal' }, [state, list, facts, element('p', { class: 'seal-pick' }, [label, picker]), proves])
  box.setAttribute('aria-label', 'Seal')
  document.body.replaceChildren(box, ...content.nodes.map(nodeOf), record)
  document.body.addEventListener('click', (event) => follow(content, event))
  facts.textContent = `Sealed ${content.sealedAt} by ${shown(content.sealedBy)} with Recount ${content.version} · key ${content.key.slice(0, 16)} · ${content.events.size} records, root ${content.events.root.slice(0, 16)} · ${content.custody.entries} custody entries`
}

/**
 * The numbers of the evidence lead to its raw record, wherever in the report they stand.
 * @param {any} content @param {MouseEvent} event
 */
function follow(content, event) {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  const number = /^#(?:record|evidence)-(\d+)$/.exec(link?.getAttribute('href') ?? '')?.[1]
  const cited = content.cited.find((/** @type {any} */ one) => one.n === Number(number))
  if (!cited) return
  event.preventDefault()
  void showRecord(content, cited)
}

/** @param {any} content @param {any} cited */
async function showRecord(content, cited) {
  const held = content.rows.find((/** @type {any} */ row) => row.line === cited.line)
  const bytes = held ? utf8(held.text) : bundleLines[cited.line - 1]
  const close = element('button', { text: 'Close', on: () => /** @type {HTMLDialogElement} */ (record).close() })
  const head = element('h2', { text: `E${cited.n}: the record in line ${cited.line} of events.jsonl` })
  if (!bytes) {
    record.replaceChildren(head, element('p', { text: 'This page does not carry the record. Choose the folder of the bundle, then open it again.' }), close)
  } else {
    const isCited = hex(await leafOf(bytes)) === cited.leaf
    const row = JSON.parse(new TextDecoder().decode(bytes))
    const verdict = isCited ? '✓ This is the record that is cited: its hash is the one of the citation.' : '✗ This is another record than the one that is cited.'
    record.replaceChildren(
      head,
      element('p', { class: isCited ? 'good' : 'bad', text: verdict }),
      element('h3', { text: 'As the source wrote it' }),
      element('pre', { class: 'seal-raw', text: shown(String(row.raw ?? '')) }),
      element('h3', { text: 'As Recount read it' }),
      element('pre', { text: shown(JSON.stringify({ ...row, raw: undefined }, null, 2)) }),
      element('p', {}, [element('code', { text: `leaf ${cited.leaf}` })]),
      close,
    )
  }
  /** @type {HTMLDialogElement} */ (record).showModal()
}

/** @param {FileList} picked */
async function checkPicked(picked) {
  tellState('busy', 'Checking the bundle')
  try {
    const files = bundleFiles(picked)
    if (files === null) return tellState('bad', 'This folder holds no bundle', { problems: ['manifest-sha256.txt is not in it.'] })
    const page = await ownState()
    const whole = await checkFolder(files, (words) => tellState('busy', words), contentText)
    bundleLines = whole.lines
    const problems = [...page.problems, ...whole.problems]
    const short = whole.rootHash.slice(0, 16).replaceAll(/.{4}(?=.)/g, '$& ')
    const stamp = whole.stampedAt === null ? '' : ` · time stamp of ${whole.stampedAt}, whose signature Recount and openssl check, not this page`
    const more = `root hash ${short}${stamp}`
    if (problems.length > 0) tellState('bad', `Differs: ${problems.length === 1 ? 'one thing is' : `${problems.length} things are`} not as sealed`, { problems, more })
    else tellState('good', 'Verified: the whole bundle is unchanged since sealed', { more: `${whole.files} files · ${more}` })
  } catch (error) {
    tellState('bad', 'The bundle could not be checked', { problems: [String(error)] })
  }
}

function ownState() {
  return checkPage(contentText, JSON.parse(contentText), JSON.parse(sealText))
}

async function start() {
  try {
    drawPage(JSON.parse(contentText))
    tellState('busy', 'Checking')
    const { problems, canSign, rows } = await ownState()
    if (problems.length > 0) return tellState('bad', 'Differs: this report is not as it was sealed', { problems })
    if (!canSign) return tellState('bad', 'Not verified: this browser has no Ed25519', { problems: [`${rows} records fit their proofs. Use a newer browser, or Recount, for the signature.`] })
    tellState('good', 'Verified: unchanged since sealed', { more: `this report and the ${rows} records in it` })
  } catch (error) {
    document.body.append(state, list)
    tellState('bad', 'Differs: this report cannot be read', { problems: [String(error)] })
  }
}

void start()
