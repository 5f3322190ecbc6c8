import { runThread } from './reading-thread'

// The program of the thread that reads files to import.

void runThread()
