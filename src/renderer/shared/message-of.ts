import { BackendFault } from '../../contract'

/** Words for a person; what is no fault of the backend is one of this page. */
export function messageOf(error: unknown): string {
  return error instanceof BackendFault ? error.message : 'Something went wrong on this page.'
}
