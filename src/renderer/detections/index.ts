export { Detections } from './Detections'
