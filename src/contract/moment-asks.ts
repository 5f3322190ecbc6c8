import { z } from 'zod'
import { recordingId } from './ask-parts'

export const momentAsks = { 'mark.moments': z.strictObject({ recording: recordingId }) } as const
