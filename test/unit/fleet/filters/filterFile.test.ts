import { expect, test } from 'vitest';
import { formatProblem } from '../../../../src/base/problem';
import { parseFilterSet } from '../../../../src/fleet/filters/filterFile';
import type { FilterSet } from '../../../../src/fleet/filters/filterSet';

function load(text: string): FilterSet {
  const { set, problems } = parseFilterSet(text, 'strict.yaml');
  expect(problems.map(formatProblem)).toEqual([]);
  return set!;
}
const head = 'version: 1\nname: strict\n';
const mistakes = (text: string): readonly string[] =>
  parseFilterSet(head + text, 'strict.yaml').problems.map(formatProblem);

test('a set as a user writes it', () => {
  const set = load(`version: 1
name: strict
title: Only name service and the console
default: { outbound: drop count event, inbound: drop }
antiSpoofing: on
pingLimit: 3
filters:
  - { name: ARP, etherType: arp }
  - { name: LLDP, etherType: 0x88CC, direction: inbound }
  - { name: DNS, protocol: udp, remotePort: 53 }
  - { name: NetBIOS, protocol: udp, remotePort: 137-139, direction: outbound, action: pass count }
  - { name: mend, protocol: tcp, remotePort: 443, remoteAddress: console }
  - { name: lab, remoteAddress: 10.0.4.0/24 }
  - { name: lab6, protocol: 41, remoteAddress: '2001:db8::/32', localAddress: '2001:db8::1-2001:db8::ff' }
  - { name: SYN, protocol: tcp, localPort: 22, action: limit event, packetsPerSecond: 5 }
`);
  const pass = { action: 'pass', count: false, event: false };
  const both = ['outbound', 'inbound'];
  expect(set).toEqual({
    name: 'strict',
    title: 'Only name service and the console',
    otherwise: {
      outbound: { action: 'drop', count: true, event: true },
      inbound: { action: 'drop', count: false, event: false },
    },
    antiSpoofing: 'on',
    pingLimit: 3,
    filters: [
      { name: 'ARP', directions: both, treatment: pass, match: { etherType: 0x0806 } },
      { name: 'LLDP', directions: ['inbound'], treatment: pass, match: { etherType: 0x88cc } },
      {
        name: 'DNS',
        directions: both,
        treatment: pass,
        match: { ip: 4, protocol: 17, remotePorts: { first: 53, last: 53 } },
      },
      {
        name: 'NetBIOS',
        directions: ['outbound'],
        treatment: { ...pass, count: true },
        match: { ip: 4, protocol: 17, remotePorts: { first: 137, last: 139 } },
      },
      {
        name: 'mend',
        directions: both,
        treatment: pass,
        match: { ip: 4, protocol: 6, remotePorts: { first: 443, last: 443 } },
        isForConsole: true,
      },
      {
        name: 'lab',
        directions: both,
        treatment: pass,
        match: { ip: 4, remoteAddresses: { ip: 4, address: '0A000400', prefix: 24 } },
      },
      {
        name: 'lab6',
        directions: both,
        treatment: pass,
        match: {
          ip: 6,
          protocol: 41,
          remoteAddresses: { ip: 6, address: '20010DB8000000000000000000000000', prefix: 32 },
          localAddresses: {
            ip: 6,
            first: '20010DB8000000000000000000000001',
            last: '20010DB80000000000000000000000FF',
          },
        },
      },
      {
        name: 'SYN',
        directions: both,
        treatment: { action: 'limit', count: false, event: true, limit: 5 },
        match: { ip: 4, protocol: 6, localPorts: { first: 22, last: 22 } },
      },
    ],
  });
});

test('what is left out: everything else is dropped and counted, ten pings a second', () => {
  const drop = { action: 'drop', count: true, event: false };
  expect(load(head)).toEqual({
    name: 'strict',
    otherwise: { outbound: drop, inbound: drop },
    antiSpoofing: 'off',
    pingLimit: 10,
    filters: [],
  });
});

test.each([
  ['pingLimt: 3\n', 'strict.yaml:3:1: "pingLimt" is not known here. Did you mean "pingLimit"?'],
  [
    'filters:\n  - { name: DNS, protocl: udp }\n',
    'strict.yaml:4:18: "protocl" is not known here. Did you mean "protocol"?',
  ],
  [
    'filters:\n  - { name: DNS, protocol: utp }\n',
    'strict.yaml:4:28: one of icmp, igmp, tcp, udp, gre, esp, ah, icmpv6 or a number is expected. Did you mean "udp"?',
  ],
  [
    'filters:\n  - { name: A, etherType: arb }\n',
    'strict.yaml:4:27: one of ipv4, arp, ipv6, eapol, lldp, vlan or a number is expected. Did you mean "arp"?',
  ],
  [
    'filters:\n  - { name: A, etherType: 0x0123 }\n',
    'strict.yaml:4:27: one of ipv4, arp, ipv6, eapol, lldp, vlan or a number is expected',
  ],
  [
    'filters:\n  - { name: DNS, protocol: udp, remotePort: 53-42 }\n',
    'strict.yaml:4:45: a port such as 53 or a range such as 137-139 is expected',
  ],
  [
    'filters:\n  - { name: DNS, remotePort: 53 }\n',
    'strict.yaml:4:18: `remotePort` needs `protocol: tcp` or `protocol: udp`',
  ],
  [
    'filters:\n  - { name: A, protocol: tcp, remotePort: 1-3, localPort: 5 }\n',
    'strict.yaml:4:31: a range of ports cannot stand beside ports of the other side: the device takes one range',
  ],
  ['filters:\n  - { name: A, etherType: arp, ip: 4 }\n', 'strict.yaml:4:32: `ip` cannot stand beside `etherType`'],
  ['filters:\n  - { name: A, ip: 6, remoteAddress: 10.0.0.1 }\n', 'strict.yaml:4:23: an IPv6 address is expected here'],
  [
    'filters:\n  - { name: A, remoteAddress: 10.0.0.5/24 }\n',
    'strict.yaml:4:31: bits beyond the prefix are set: 10.0.0.0/24 is meant',
  ],
  [
    'filters:\n  - { name: A, remoteAddress: 10.0.0.9-10.0.0.5 }\n',
    'strict.yaml:4:31: the range must begin at its lower end',
  ],
  [
    'filters:\n  - { name: A, remoteAddress: lab-01 }\n',
    'strict.yaml:4:31: an address, a subnet such as 10.0.0.0/24 or a range such as 10.0.0.1-10.0.0.9 is expected',
  ],
  ['filters:\n  - { name: A, ip: 4, action: limit }\n', 'strict.yaml:4:23: `limit` needs `packetsPerSecond`'],
  [
    'filters:\n  - { name: A, ip: 4, packetsPerSecond: 3 }\n',
    'strict.yaml:4:23: `packetsPerSecond` needs `action: limit`',
  ],
  [
    'filters:\n  - { name: A, ip: 6, protocol: icmp }\n',
    'strict.yaml:4:23: this protocol is of IPv4, and the filter of IPv6',
  ],
  [
    'filters:\n  - { name: A }\n',
    'strict.yaml:4:13: it does not say what it matches, by `etherType` or by `ip`, `protocol`, `remotePort`, `localPort`, `remoteAddress`, `localAddress`',
  ],
  [
    'filters:\n  - { name: ping, protocol: icmp }\n',
    'strict.yaml:4:13: "ping" is the filter that `pingLimit` makes: take another name',
  ],
  ['filters:\n  - { name: A, ip: 4 }\n  - { name: a, ip: 6 }\n', 'strict.yaml:5:13: the name "a" is there twice'],
  [
    'filters:\n  - { name: NetBIOS name, ip: 4 }\n',
    'strict.yaml:4:13: a name of at most 10 characters is expected: the device keeps no longer ones',
  ],
])('%j is a mistake at its place', (text, problem) => {
  expect(mistakes(text)).toEqual([problem]);
});

test('a set name that the device could not keep, and one policy’s most filters', () => {
  expect(parseFilterSet('version: 1\nname: quarantine-all\n', 'a.yaml').problems.map(formatProblem)).toEqual([
    'a.yaml:2:7: a name of at most 11 characters is expected: the device keeps no longer ones',
  ]);
  const entries = (count: number): string =>
    Array.from({ length: count }, (_, at) => `  - { name: p${at}, protocol: tcp, remotePort: ${at + 1} }\n`).join('');
  expect(mistakes(`filters:\n${entries(30)}`)).toEqual([]);
  expect(mistakes(`filters:\n${entries(31)}`)).toEqual([
    'strict.yaml:3:1: a policy holds at most 62 filters, and these are 64',
  ]);
  expect(mistakes(`pingLimit: 0\nfilters:\n${entries(31)}`)).toEqual([]);
});
