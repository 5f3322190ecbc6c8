#!/usr/bin/env node
import { processIo } from './io'
import { run } from './run'

// The entry of the built `out/main/cli.js`.
process.exitCode = await run(process.argv.slice(2), processIo())
// Nothing is left to do; whatever still holds the process is not waited for long.
setTimeout(() => process.exit(), 2000).unref()
