export { ConnectProvider } from './ConnectProvider'
export { useConnect } from './connect-context'
