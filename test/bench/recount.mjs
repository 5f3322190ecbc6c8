// What the bench measures; `build/bench.mjs` bundles it, with the reading thread's program beside it as in the product.
export { startBackend } from '../../src/backend/index.ts'
export { compileRules, detect, ownRules } from '../../src/backend/detect/index.ts'
export { RecordingDesk } from '../../src/backend/recording/index.ts'
export { openReadable } from '../../src/backend/store/index.ts'
export { nodePorts } from '../../src/node/ports.ts'
export { startSample } from '../../src/sample/index.ts'
