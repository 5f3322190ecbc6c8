import type { Detector } from './detector'
import { NEW_SOURCE, TOKEN_AFTER_NEW_SOURCE, TWO_NETWORKS } from './new-sources'
import { productionDetectors } from './production'
import { RATE_ANOMALY } from './rate-anomaly'
import { RETENTION_REDUCED } from './retention'
import { SIGN_IN_DETECTORS } from './sign-ins'
import { SUCCESS_AFTER_FAILURES } from './success-after-failures'
import { travelDetector, type PlaceOf } from './travel'

export type { Detector, RunningDetector } from './detector'
export { travelDetector, type PlaceOf, type Whereabouts } from './travel'

/** Those that come with the program, over events of its own rules. `production` names the machines of production; `placeOf` tells travel. */
export function ownDetectors(production: string, placeOf: PlaceOf | null): readonly Detector[] {
  const travel = placeOf ? travelDetector(placeOf) : TWO_NETWORKS
  const ofSignIns = [SUCCESS_AFTER_FAILURES, ...SIGN_IN_DETECTORS, NEW_SOURCE, travel, RATE_ANOMALY, TOKEN_AFTER_NEW_SOURCE]
  return [...ofSignIns, RETENTION_REDUCED, ...productionDetectors(production)]
}
