import { desktop } from '../api'

/** A file or folder as chosen: by path where the host can read it, else the file itself and its name with folders. */
export type Chosen = { path: string } | { file: File; name: string }

export function chosenFromList(files: Iterable<File>): Chosen[] {
  return [...files].map((file) => ({ file, name: file.webkitRelativePath || file.name }))
}

/** Must be called while the drop event is handled; the entries are gone afterwards. */
export async function chosenFromDrop(transfer: DataTransfer): Promise<Chosen[]> {
  const host = desktop()
  const files = [...transfer.files]
  const paths = host ? files.map((file) => host.pathForFile(file)) : []
  if (paths.length > 0 && paths.every((path) => path !== '')) return paths.map((path) => ({ path }))
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  return entries.length > 0 ? walk(entries) : chosenFromList(files)
}

async function walk(entries: FileSystemEntry[]): Promise<Chosen[]> {
  const found: Chosen[] = []
  for (const entry of entries) {
    if (isFile(entry)) {
      const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
      found.push({ file, name: entry.fullPath.replace(/^\//, '') })
    } else if (isFolder(entry)) {
      found.push(...(await walk(await readFolder(entry))))
    }
  }
  return found
}

/** A reader hands out a folder in parts and an empty part at its end. */
async function readFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (part.length === 0) return all
    all.push(...part)
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

/** Opens the host's dialog, or the browser's. Empty when it was closed without a choice. */
export async function chooseInputs(what: 'files' | 'folder'): Promise<Chosen[]> {
  const host = desktop()
  if (host) return (await host.chooseFiles(what)).map((path) => ({ path }))
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.webkitdirectory = what === 'folder'
    const end = (chosen: Chosen[]) => {
      input.remove()
      resolve(chosen)
    }
    input.addEventListener('change', () => end(chosenFromList(input.files ?? [])))
    input.addEventListener('cancel', () => end([]))
    // In the page, because one that nothing holds may be gone before anything is chosen.
    input.hidden = true
    document.body.append(input)
    input.click()
  })
}
