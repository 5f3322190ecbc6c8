export const Regex: number
export const Missing: number
