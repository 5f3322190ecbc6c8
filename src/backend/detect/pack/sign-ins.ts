/** Sign-ins. What needs more than one condition stands in `analytics`. */
export const SIGN_IN_RULES = String.raw`
title: Failed sign-in
id: auth.failed
level: informational
logsource: { product: recount, category: authentication }
detection:
  attempt: { action: login, outcome: failure }
  condition: attempt
---
title: Sign-in that worked
id: auth.succeeded
level: informational
logsource: { product: recount, category: authentication }
detection:
  attempt: { action: [login, verify_otp], outcome: success }
  condition: attempt
---
title: Failed sign-in from a public address
id: auth.failed.public
level: informational
logsource: { product: recount, category: authentication }
detection:
  attempt: { action: login, outcome: failure }
  inside:
    src_ip|cidr:
      - 127.0.0.0/8
      - 10.0.0.0/8
      - 172.16.0.0/12
      - 192.168.0.0/16
      - ::1/128
      - fc00::/7
      - fe80::/10
  condition: attempt and not inside
---
title: Failed sign-in from another machine
id: auth.failed.remote
level: informational
logsource: { product: recount, category: authentication }
detection:
  attempt: { action: login, outcome: failure }
  here:
    src_ip|cidr: [127.0.0.0/8, '::1/128']
  condition: attempt and not here
---
title: Many failed sign-ins of one user
id: auth.bruteforce.user
level: medium
tags: [attack.t1110.001]
correlation:
  type: event_count
  rules: [auth.failed]
  group-by: [actor]
  timespan: 10m
  condition: { gte: 10 }
---
title: One source fails to sign in to several machines
id: auth.horizontal
level: high
tags: [attack.t1110]
correlation:
  type: value_count
  rules: [auth.failed]
  group-by: [src_ip]
  timespan: 1h
  condition: { field: machine, gte: 3 }
---
title: Failed sign-in of a user who does not exist
id: auth.failed.unknown_user
level: informational
logsource: { product: recount, category: authentication }
detection:
  attempt: { action: login, outcome: failure }
  marked:
    - field.invalidUser: 'true'
    - field.user_known: 'false'
    - reason|contains: [invalid user, unknown user, user not found, no such user]
  condition: attempt and marked
---
title: One source tries users who do not exist
id: auth.user_enumeration
level: low
tags: [attack.t1087]
correlation:
  type: value_count
  rules: [auth.failed.unknown_user]
  group-by: [src_ip]
  timespan: 10m
  condition: { field: actor, gte: 5 }
---
title: Failed second factor
id: auth.mfa_failed
level: informational
logsource: { product: recount, category: authentication }
detection:
  attempt: { outcome: failure, mfa|exists: true }
  condition: attempt
---
title: Many failed second factors of one user
id: auth.mfa_bombing
level: high
tags: [attack.t1621]
correlation:
  type: event_count
  rules: [auth.mfa_failed]
  group-by: [actor]
  timespan: 10m
  condition: { gte: 5 }
`
