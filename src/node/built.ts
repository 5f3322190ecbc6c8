import { join, resolve } from 'node:path'

/** Where the parts of a built Recount stand. */
export type Built = {
  /** Program of the backend's thread or process. */
  backend: string
  /** Script that runs before the page. */
  preload: string
  /** Folder of the page. */
  page: string
}

/** Only right inside `out/main`, where the build puts every entry and every chunk side by side. */
export function builtParts(folder: string = import.meta.dirname): Built {
  return {
    backend: join(folder, 'backend.js'),
    preload: resolve(folder, '..', 'preload', 'index.cjs'),
    page: resolve(folder, '..', 'renderer'),
  }
}
