const CUSTODY_TABS = ['log', 'reviews'] as const
export type CustodyTab = (typeof CUSTODY_TABS)[number]

/** What the custody log shows: its entries, narrowed by words, or the reviews. */
export type CustodyLook = { tab: CustodyTab; text: string }

const MOST_TEXT = 200

export function defaultCustody(): CustodyLook {
  return { tab: 'log', text: '' }
}

/** Reads `tab=reviews&text=`; undefined where both are their defaults. */
export function parseCustody(fields: ReadonlyMap<string, string>): CustodyLook | undefined {
  const look: CustodyLook = {
    tab: CUSTODY_TABS.find((tab) => tab === fields.get('tab')) ?? 'log',
    text: (fields.get('text') ?? '').slice(0, MOST_TEXT),
  }
  return printCustody(look).length > 0 ? look : undefined
}

export function printCustody({ tab, text }: CustodyLook): [name: string, value: string][] {
  const fields: [string, string][] = []
  if (tab !== 'log') fields.push(['tab', tab])
  if (text !== '') fields.push(['text', text])
  return fields
}
