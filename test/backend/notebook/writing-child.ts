import { NotebookRoom } from '../../../src/backend/notebook'
import { countWrites } from '../sync/die-in-write'
import { act, ACTS } from './some-writing'

// A process of its own, to be killed: `child FOLDER [N]` writes as somebody at work does and tells each act that is
// acknowledged, then how often it wrote. With N it kills itself inside its Nth write to disk, of which half reaches the file.

const [workspace = '', moment = '0'] = process.argv.slice(2)
const counted = countWrites(Number(moment))
const room = new NotebookRoom({ workspace, isWriter: true, by: 'ann', now: () => 0, onChange: () => {} })
for (let at = 0; at < ACTS; at++) {
  act(room, at)
  process.stdout.write(`${at}\n`)
}
process.stdout.write(`${counted.writes}\n`)
room.close()
