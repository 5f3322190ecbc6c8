/** A store that exports go to and that nothing is read from. Holds no secret. */
export type Destination = {
  name: string
  kind: 's3'
  /** `https://host/bucket`, or with a prefix of names behind it. */
  url: string
  region: string
  /** The access key's ID, which is no secret. */
  user: string
  /** Variable of the environment that holds the secret. */
  passwordEnv: string
  /** PEM file of authorities to trust beside the system's own. */
  caFile?: string
  proxy?: string
}
