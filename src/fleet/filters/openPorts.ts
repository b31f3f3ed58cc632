/**
 * The set that `network.filter` takes when no other is named, as a file of `.sideband/filters` would say it: copy it to change it.
 * A computer that is cut off can still get an address, find its domain, log in, set its clock and fetch what mends it from the
 * console. NetBIOS names are WINS too. File sharing (445) and remote procedure calls (135) are closed, for that is how such a computer
 * harms others; IPv6 is closed as a whole.
 */
export const openPortsYaml = `version: 1
name: open-ports
title: All closed but what a computer needs to be mended
description: >-
  Names, addresses, time, login and directory stay open, and HTTP to the console: to any address when none is named.
  File sharing, remote procedure calls and IPv6 are closed.
default: { outbound: drop count, inbound: drop count }
antiSpoofing: on
pingLimit: 10
filters:
  - { name: ARP, etherType: arp }
  - { name: DHCP, protocol: udp, remotePort: 67, localPort: 68 }
  - { name: DNS, protocol: udp, remotePort: 53 }
  - { name: DNS TCP, protocol: tcp, remotePort: 53 }
  - { name: NTP, protocol: udp, remotePort: 123 }
  - { name: Kerberos, protocol: tcp, remotePort: 88 }
  - { name: Krb UDP, protocol: udp, remotePort: 88 }
  - { name: NetBIOS, protocol: udp, remotePort: 137-138 }
  - { name: NetBIOS S, protocol: tcp, remotePort: 139 }
  - { name: LDAP, protocol: tcp, remotePort: 389 }
  - { name: LDAP UDP, protocol: udp, remotePort: 389 }
  - { name: LDAPS, protocol: tcp, remotePort: 636 }
  - { name: HTTP, protocol: tcp, remotePort: 80, remoteAddress: console }
  - { name: HTTPS, protocol: tcp, remotePort: 443, remoteAddress: console }
`;
