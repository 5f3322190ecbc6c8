/** Where what a report is about is given to administrators alone. */
export const HIDDEN =
  'Not visible to this account. Its server gives what this report is about to administrators alone. That no row is shown does not mean that there is none.'
