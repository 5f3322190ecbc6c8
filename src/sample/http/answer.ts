/** What goes back over HTTP; `body` is JSON unless `type` says otherwise. */
export type Answer = { status: number; body: string; type?: string; headers?: Record<string, string> }

export function json(body: unknown, status = 200): Answer {
  return { status, body: JSON.stringify(body) }
}

/** The shape of every refusal: `{"error":"text"}`. */
export function refusal(status: number, error: string): Answer {
  return json({ error }, status)
}
