import { useAddress } from '../address'
import { useConnect } from '../connect'
import { useImport } from '../import'
import { Kbd, Logo, type MenuItem, Shown, formatPlural, useButtonMenu } from '../shared'
import { useWorkspace } from './workspace'

export function TopBar({ onJump }: { onJump: () => void }) {
  return (
    <header className="top-bar">
      <div className="top-bar-brand">
        <Logo size={15} />
        Recount
      </div>
      <WorkspaceChip />
      <button type="button" className="top-bar-jump" onClick={onJump}>
        <span>Jump to anything</span>
        <Kbd>Ctrl K</Kbd>
      </button>
    </header>
  )
}

function WorkspaceChip() {
  const { name, folder, connections } = useWorkspace()
  const { go } = useAddress()
  const { choose } = useImport()
  const { connect } = useConnect()
  const items: MenuItem[] = [
    { label: 'Sources & coverage', onPick: () => go({ screen: 'sources' }) },
    { label: 'Connect a server', onPick: connect },
    { label: 'Import files', onPick: () => choose('files') },
    { label: 'Import a folder', onPick: () => choose('folder') },
    'line',
    { label: 'Copy the path of its folder', onPick: () => copy(folder) },
  ]
  const { opener, menu } = useButtonMenu({ label: 'Workspace', items })
  return (
    <>
      <button type="button" className="top-bar-chip" title={`Workspace in ${folder}`} {...opener}>
        <Shown text={name} />
        <span>· {formatPlural(connections.length, 'source')}</span>
        <span aria-hidden="true">▾</span>
      </button>
      {menu}
    </>
  )
}

function copy(text: string): void {
  // A host that refuses the clipboard leaves it as it was; the path also stands in the settings.
  navigator.clipboard.writeText(text).catch(() => undefined)
}
