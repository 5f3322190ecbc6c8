import { runThread } from './body-thread'

// The program of the thread that reads pages.

runThread()
