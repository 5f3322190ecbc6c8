export type YearRoll = {
  /** How many years after the stream's first record one of this month and day lies. */
  next(month: number, day: number): number
}

// In days of months counted as 31 days each.
const YEAR = 372
// Further back than this is the next year ...
const ROLL_OVER = 186
// ... and further ahead than this is a late line of the year before, up to some weeks old.
const STRAGGLER = YEAR - 45

/** Follows records that carry no year over December and January; lines slightly out of order do not roll it. */
export function createYearRoll(): YearRoll {
  let latest = -1
  let years = 0
  return {
    next(month, day) {
      const here = month * 31 + day
      if (here === latest) return years
      const ahead = latest < 0 ? 0 : here - latest
      if (ahead > STRAGGLER) return years - 1
      if (ahead < -ROLL_OVER) {
        years++
        latest = here
      }
      if (here > latest) latest = here
      return years
    },
  }
}
