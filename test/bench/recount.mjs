// What the bench measures; `build/bench.mjs` bundles it, with the reading thread's program beside it as in the product.
export { startBackend } from '../../src/backend/index.ts'
export { compileRules, detect, ownRules } from '../../src/backend/detect/index.ts'
export { detectSteps } from '../../src/backend/detect/detect.ts'
export { forgetFrom, noHistory } from '../../src/backend/detect/history.ts'
export { RecordingDesk } from '../../src/backend/recording/index.ts'
export { openReadable, openWritable } from '../../src/backend/store/index.ts'
export { nodePorts } from '../../src/node/ports.ts'
export { startSample } from '../../src/sample/index.ts'
