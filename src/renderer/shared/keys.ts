export type KeyHelp = { keys: string[]; what: string; where: 'Everywhere' | 'Timeline' | 'Sources & coverage' | 'First run' }

/** Every key that works, as the keyboard sheet lists them. */
export const KEYS: KeyHelp[] = [
  { keys: ['Ctrl K'], what: 'Jump to anything', where: 'Everywhere' },
  { keys: ['T'], what: 'Switch times between UTC and another zone', where: 'Everywhere' },
  { keys: ['?'], what: 'Show this sheet', where: 'Everywhere' },
  { keys: ['Esc'], what: 'Close what is open', where: 'Everywhere' },
  { keys: ['1'], what: 'Explore the sample workspace', where: 'First run' },
  { keys: ['2'], what: 'Connect a server', where: 'First run' },
  { keys: ['3'], what: 'Import files', where: 'First run' },
  { keys: ['j', 'k'], what: 'Next and previous row', where: 'Timeline' },
  { keys: ['g', 'G'], what: 'First and last row', where: 'Timeline' },
  { keys: ['Enter'], what: 'Show or hide the details of the row', where: 'Timeline' },
  { keys: ['/'], what: 'Type a query', where: 'Timeline' },
  { keys: ['←', '→'], what: 'Choose the cell of the row', where: 'Timeline' },
  { keys: ['f', 'F'], what: 'Filter the cell in, filter it out', where: 'Timeline' },
  { keys: ['Menu'], what: 'All that can be done with the cell', where: 'Timeline' },
  { keys: ['z', 'Z'], what: 'Zoom in, undo the zoom', where: 'Timeline' },
  { keys: ['[', ']'], what: 'Previous and next bucket of the chart', where: 'Timeline' },
  { keys: ['e', 'E'], what: 'Next and previous failure', where: 'Timeline' },
  { keys: ['y'], what: 'Copy a link to the event', where: 'Timeline' },
  { keys: ['←', '→'], what: 'Choose a part of a bar', where: 'Sources & coverage' },
  { keys: ['Enter'], what: 'Show what is known of that part', where: 'Sources & coverage' },
]
