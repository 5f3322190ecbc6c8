import type { CellContent } from '../../../contract'
import { ChartCell } from './ChartCell'
import { ClipCell } from './ClipCell'
import { EventsCell } from './EventsCell'
import { FindingCell } from './FindingCell'
import { NegativeCell } from './NegativeCell'
import { QueryCell } from './QueryCell'
import { TextCell } from './TextCell'

type CellBodyProps = { id: string; content: CellContent; isEditing: boolean; onEdit: (isEditing: boolean) => void }

export function CellBody({ content, ...rest }: CellBodyProps) {
  switch (content.kind) {
    case 'text':
      return <TextCell content={content} {...rest} />
    case 'query':
      return <QueryCell content={content} {...rest} />
    case 'chart':
      return <ChartCell content={content} {...rest} />
    case 'events':
      return <EventsCell content={content} {...rest} />
    case 'clip':
      return <ClipCell content={content} {...rest} />
    case 'finding':
      return <FindingCell content={content} {...rest} />
    case 'negative':
      return <NegativeCell content={content} {...rest} />
  }
}
