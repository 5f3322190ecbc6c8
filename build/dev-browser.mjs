import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/**
 * The page from Vite's development server, everything else from the host as built. The host answers its own page
 * alone, so the server in between speaks under the host's name. The backend is not rebuilt meanwhile: start again for
 * that.
 */
export async function developInBrowser(root, rest) {
  const host = spawn(process.execPath, [join(root, 'out', 'main', 'serve.js'), '--no-open', '--stay', ...rest], {
    stdio: ['inherit', 'pipe', 'inherit'],
  })
  host.once('exit', (code) => process.exit(code ?? 1))
  // Vite ends this process on a signal by itself; whatever the cause, the host must not outlive it.
  process.on('exit', () => host.kill())
  const lines = createInterface(host.stdout)
  let server = null
  for await (const line of lines) {
    const url = /http:\/\/\S+/.exec(line)?.[0]
    if (!url) continue
    server ??= await startServer(new URL(url).origin)
    process.stdout.write(`Recount runs at ${server.resolvedUrls.local[0]}${new URL(url).hash}\n`)
  }
}

async function startServer(target) {
  const [{ resolveConfig }, { createServer }] = await Promise.all([import('electron-vite'), import('vite')])
  const { config } = await resolveConfig({}, 'serve', 'development')
  const proxy = { target, changeOrigin: true, headers: { origin: target, 'sec-fetch-site': 'same-origin' } }
  const server = await createServer({
    ...config.renderer,
    configFile: false,
    server: { host: '127.0.0.1', proxy: { '/session': proxy, '/wire': { ...proxy, ws: true } } },
  })
  return server.listen()
}
