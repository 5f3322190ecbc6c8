/** What is done on machines and devices. Which machines are of production a person says; that stands in `analytics`. */
export const MACHINE_RULES = String.raw`
title: Network or port scan by an agent
id: dev.discovery
level: low
tags: [attack.t1046]
logsource: { product: recount }
detection:
  done: { action: [discovery, network_discovery, network_scan, port_scan] }
  condition: done
---
title: Plugin installed on a device
id: dev.plugin_installed
level: low
tags: [attack.t1072]
logsource: { product: recount }
detection:
  done: { action: [plugin_install, install_plugin], outcome: success }
  condition: done
---
title: File sent to a device
id: dev.file_sent
level: informational
logsource: { product: recount }
detection:
  done: { action: [send_file, file_send, file_upload], outcome: success }
  condition: done
---
title: Command run on a device
id: dev.command
level: informational
logsource: { product: recount }
detection:
  done: { action: [run_cmd, run_command], outcome: success }
  condition: done
---
title: File sent to a device and a command run there soon after
id: dev.file_then_command
level: high
tags: [attack.t1105, attack.t1072]
correlation:
  type: temporal_ordered
  rules: [dev.file_sent, dev.command]
  group-by: [actor, machine]
  timespan: 15m
---
title: sudo on a machine
id: access.sudo
level: informational
logsource: { product: recount, category: sudo }
detection:
  on: { machine|exists: true, command|exists: true }
  condition: on
---
title: Session on a machine
id: access.session
level: informational
logsource: { product: recount, category: session }
detection:
  on: { machine|exists: true, action: [session, connect, session_open, start] }
  condition: on
---
title: Command as root on a machine
id: access.command_root
level: informational
logsource: { product: recount, category: command }
detection:
  on: { machine|exists: true }
  root:
    - actor: root
    - on_behalf: root
    - command|startswith: ['sudo ', 'su -', 'su root']
  condition: on and root
`
