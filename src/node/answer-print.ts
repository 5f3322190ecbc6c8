/** The host's end: what went wrong, in words; null where nothing did. */
export async function answerPrint(print: ((html: string, pdf: string) => Promise<void>) | undefined, { html, pdf }: { html: string; pdf: string }): Promise<string | null> {
  if (!print) return 'This host cannot print.'
  try {
    await print(html, pdf)
    return null
  } catch (error) {
    return `The page could not be printed: ${error instanceof Error ? error.message : String(error)}`
  }
}
