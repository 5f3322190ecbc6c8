import { runThread } from './reading-thread'

runThread()
