/** Every way in which something can fail, with the advice that goes with it. The list is closed: scripts branch on it. */
export const errorCodes = {
  'dns.failed': 'Check the host name in fleet.yaml and your DNS, or use the address.',
  'connect.unreachable':
    'Nothing routes to this address: check cable, VLAN and VPN, and that the address is the controller’s.',
  'connect.refused':
    'The address is alive but nothing listens on the port: enable the technology on the device, or correct the port.',
  'connect.timeout':
    'The controller may be unpowered, on another network, or behind a firewall: look at its cable and its link.',
  'connect.lost': 'The session stopped answering: the network or the controller went away in the middle. Try again.',
  'tls.unknown':
    'Nobody has vouched for this certificate yet: compare its fingerprint with the device’s, then `sideband trust`.',
  'tls.changed':
    'The certificate is another one than the one that was pinned: find out why, then `sideband trust --replace`.',
  'tls.untrusted': 'The certificate does not hold: check `ca` in the profile, the name, and the device’s clock.',
  'tls.failed': 'No TLS session came about: an old device may need `legacy: true` in its profile.',
  'auth.rejected': 'Check the password: `sideband secret set` stores a new one.',
  'auth.user': 'The controller does not know this user: check `user` in the profile.',
  'auth.missing':
    'Store the password with `sideband secret set`, or give it in the environment (SIDEBAND_SECRET_<PROFILE>_<TECHNOLOGY>).',
  'auth.locked': 'The account is locked after too many wrong passwords: wait some minutes, then correct the password.',
  'access.privilege': 'The user may not do this: raise its privilege on the controller, or use another user.',
  'ipmi.absent': 'The address answers RMCP but offers no IPMI: it may be the address of the host, not of the BMC.',
  'ipmi.not-configured': 'IPMI over LAN looks disabled: enable it in the BMC’s settings.',
  'ipmi.version': 'Only IPMI 2.0 is supported: update the BMC’s firmware.',
  'ipmi.cipher':
    'The BMC refuses the cipher suite: set `cipherSuite` in the profile, or enable suite 17 or 3 on the BMC.',
  'ipmi.bmc-key': 'The BMC uses two-key login: its BMC key (K_G) is wrong or missing.',
  'ipmi.busy': 'All sessions of the BMC are taken: close other consoles, or wait a minute for them to time out.',
  'amt.absent': 'The port answers, but not as Intel AMT does: check the address and the port.',
  'amt.not-provisioned': 'Intel AMT is not provisioned here: set it up in the firmware or with its activation tool.',
  'consent.required':
    'The device shows a code to the person in front of it: run it where Sideband can ask for that code.',
  'consent.rejected': 'The code was wrong or came too late: ask for a new one.',
  'console.taken': 'Another console is open on this computer: close it there, or take it over with `--take-over`.',
  'device.busy': 'The device is busy: try again in a moment.',
  'device.state': 'The device refuses this in its present state.',
  'device.unsupported': 'The device does not offer this.',
  'device.refused': 'The device refused the request.',
  'protocol.truncated':
    'The device sent a message that is too short: update its firmware, or report it with the wire log.',
  'protocol.invalid':
    'The device sent a message that breaks the standard: update its firmware, or report it with the wire log.',
  'operation.impossible': 'No technology of this computer offers the operation.',
  'operation.timeout': 'The time limit ran out: raise `--timeout`.',
  'policy.refused': 'The policy of this folder forbids it: see policy.yaml.',
  'plan.changed': 'The world has moved since the plan was made: make a new plan.',
  'confirm.missing': 'Confirm with --yes where nobody can be asked.',
  'run.cancelled': 'It was cancelled.',
  'run.interrupted': 'The process ended in the middle: look at the computer, then decide whether to do it again.',
  'run.halted':
    'The run stopped early, as its job says: see which computers failed, then `sideband rerun RUN --failed`.',
  'run.busy': 'The run still goes on in another process: wait for it, or cancel it there.',
  'run.ended': 'Nothing is left of this run: `sideband rerun RUN --failed` does the failed computers again.',
  'ledger.unavailable':
    'The ledger could not be written, so nothing was done: free disk space or the lock, then try again.',
  'file.invalid': 'Correct the file at the place named.',
  'file.missing': 'Run it in a folder with .sideband/fleet.yaml, or name one with --folder.',
  'targets.invalid': 'See `sideband help targets`.',
  'targets.none': 'The targets matched no computer.',
  'usage.invalid': 'See `sideband help`.',
  'workspace.untrusted': 'Trust the workspace to let it reach computers.',
  'internal.bug': 'This is a defect of Sideband: please report it with the log.',
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof errorCodes;
