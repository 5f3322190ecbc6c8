import { OSC_NUMBERS, oscAttempt, type Attempt } from './attempts'
import { INPUT_MODES } from './input-modes'
import { MOST_ATTEMPT_TEXT } from './limits'

/** Numbers of a sequence; a list holds the parts of the number before it. */
export type Parameters = (number | number[])[]
export type SequenceName = { prefix?: string; intermediates?: string; final: string }
export type Undo = { dispose: () => void }

/** The hooks of an xterm parser, with a window or without. One that returns true keeps the sequence from all others. */
export type ParserHooks = {
  registerCsiHandler: (name: SequenceName, hook: (parameters: Parameters) => boolean) => Undo
  registerDcsHandler: (name: SequenceName, hook: (data: string, parameters: Parameters) => boolean) => Undo
  registerEscHandler: (name: SequenceName, hook: () => boolean) => Undo
  registerOscHandler: (number: number, hook: (data: string) => boolean) => Undo
}

/** Device attributes, status and parameter reports, versions, modes, keyboard state. */
const QUERIES: readonly SequenceName[] = [
  { final: 'c' },
  { prefix: '>', final: 'c' },
  { prefix: '=', final: 'c' },
  { final: 'n' },
  { prefix: '?', final: 'n' },
  { final: 'x' },
  { intermediates: '$', final: 'p' },
  { prefix: '?', intermediates: '$', final: 'p' },
  { prefix: '>', final: 'q' },
  { prefix: '?', final: 'u' },
]

/** How keys are to be sent. Nothing is: the programs that set it are many, and none of them is told of. */
const KEYBOARD: readonly SequenceName[] = [
  { prefix: '>', final: 'u' },
  { prefix: '=', final: 'u' },
  { prefix: '<', final: 'u' },
  { prefix: '>', final: 'm' },
]

/** `CSI Ps t` that asks for an answer: state, position, sizes, titles. */
const WINDOW_QUERIES = new Set([11, 13, 14, 15, 16, 18, 19, 20, 21])

/**
 * Keeps everything but drawing from acting: titles, links, colours, answers, modes of mouse and keyboard. Each try is
 * told to `report`, in the order of the recording; a hostile one tries millions of times.
 */
export function harden(terminal: { parser: ParserHooks }, report: (attempt: Attempt) => void): Undo {
  const { parser } = terminal
  const tell = (attempt: Attempt | null): true => {
    if (attempt !== null) report({ kind: attempt.kind, text: attempt.text.slice(0, MOST_ATTEMPT_TEXT) })
    return true
  }
  const hooks = [
    ...OSC_NUMBERS.map((number) => parser.registerOscHandler(number, (data) => tell(oscAttempt(number, data)))),
    ...QUERIES.map((name) =>
      parser.registerCsiHandler(name, (parameters) => tell({ kind: 'answer', text: csiText(name, parameters) })),
    ),
    ...KEYBOARD.map((name) => parser.registerCsiHandler(name, () => true)),
    ...['h', 'l'].map((final) => parser.registerCsiHandler({ prefix: '?', final }, isInputOnly)),
    // xterm calls this where `windowOptions` allow the operation, and swallows the sequence itself where not.
    parser.registerCsiHandler({ final: 't' }, (parameters) => tell(windowAttempt(parameters))),
    ...['', '?'].map((prefix) =>
      parser.registerCsiHandler({ prefix, final: 'i' }, (parameters) =>
        tell({ kind: 'print', text: csiText({ prefix, final: 'i' }, parameters) }),
      ),
    ),
    parser.registerEscHandler({ final: 'Z' }, () => tell({ kind: 'answer', text: 'ESC Z' })),
    ...['$', '+'].map((intermediates) =>
      parser.registerDcsHandler({ intermediates, final: 'q' }, (data) =>
        tell({ kind: 'answer', text: `DCS ${intermediates}q ${data}` }),
      ),
    ),
    // Sixel pictures: their bytes tell nobody anything.
    parser.registerDcsHandler({ final: 'q' }, (data) =>
      tell({ kind: 'image', text: `sixel, ${data.length} characters` }),
    ),
  ]
  return {
    dispose: () => {
      for (const hook of hooks) hook.dispose()
    },
  }
}

/** From a list that also holds other modes, `CsiClamp` takes these before. */
function isInputOnly(parameters: Parameters): boolean {
  return parameters.every((number) => typeof number === 'number' && INPUT_MODES.has(number))
}

function windowAttempt(parameters: Parameters): Attempt {
  const [operation] = parameters
  const isQuery = typeof operation === 'number' && WINDOW_QUERIES.has(operation)
  return { kind: isQuery ? 'answer' : 'window', text: csiText({ final: 't' }, parameters) }
}

function csiText(name: SequenceName, parameters: Parameters): string {
  const numbers = parameters.map((number) => (typeof number === 'number' ? `;${number}` : `:${number.join(':')}`))
  return `CSI ${name.prefix ?? ''}${numbers.join('').slice(1)}${name.intermediates ?? ''}${name.final}`
}
