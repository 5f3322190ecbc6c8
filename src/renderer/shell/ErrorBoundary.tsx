import { Component, type ReactNode } from 'react'
import { Button } from '../shared'
import { FullNotice } from './FullNotice'

/** Around a screen or the page: a fault of the page itself is said in plain words instead of leaving it blank. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true }
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children
    return (
      <FullNotice title="This screen ran into a fault of its own">
        <p>What is held is not touched. The screen can be shown again; if it fails again, another one may work.</p>
        <Button onClick={() => this.setState({ hasFailed: false })}>Show it again</Button>
      </FullNotice>
    )
  }
}
