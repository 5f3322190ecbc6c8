import type { Episode } from '../correlate/episodes'
import type { Detector, RunningDetector } from './detector'
import { SIGN_IN_DETECTORS } from './sign-ins'
import { SUCCESS_AFTER_FAILURES } from './success-after-failures'

export type { Detector, RunningDetector } from './detector'

/** Those that come with the program, over events of its own rules. */
export const DETECTORS: readonly Detector[] = [SUCCESS_AFTER_FAILURES, ...SIGN_IN_DETECTORS]

export function startDetectors(
  detectors: readonly Detector[],
  found: (detector: Detector, episode: Episode) => void,
): RunningDetector[] {
  return detectors.map((detector) => detector.start((episode) => found(detector, episode)))
}
