import { describe, expect, test } from 'vitest';
import { parseFilterSet } from '../../../src/fleet/filters/filterFile';
import { FilterSets } from '../../../src/fleet/filters/filterSets';
import { networkFilters } from '../../../src/nodes/network/networkFilters';
import { networkFilterStatistics } from '../../../src/nodes/network/networkFilterStatistics';
import { networkFilter } from '../../../src/operations/network/filter';
import { networkFilterExport } from '../../../src/operations/network/filterExport';
import { AmtFault, invalidValue } from '../../../src/simulators/amt/model/fault';
import { defenseOf } from '../../../src/simulators/amt/classes/systemDefense/state';
import { passes } from '../../../src/simulators/amt/classes/systemDefense/traffic';
import { startAmt, type StartOptions, type TestAmt } from '../../fakes/amtDevice';

const strictYaml = `version: 1
name: strict
default: { outbound: drop count, inbound: drop }
antiSpoofing: count
pingLimit: 3
filters:
  - { name: ARP, etherType: arp }
  - { name: DNS, protocol: udp, remotePort: 53 }
  - { name: mend, action: pass count, protocol: tcp, remotePort: 443, remoteAddress: console }
  - { name: SMB, direction: outbound, action: drop event, protocol: tcp, remotePort: 445, remoteAddress: 10.0.4.0/24 }
`;

function sets(...yaml: readonly string[]): FilterSets {
  return new FilterSets(yaml.map((text) => parseFilterSet(text, 'set.yaml').set!));
}

function start(options: StartOptions = {}, yaml = strictYaml): Promise<TestAmt> {
  return startAmt({ definitions: { filterSets: sets(yaml) }, ...options });
}

const strict = { mode: 'block', set: 'strict', consoleAddress: '10.0.0.9' };
const allowAll = { mode: 'allow-all' };

interface Held {
  readonly policies: readonly string[];
  readonly filters: number;
  readonly inForce: string | undefined;
}

/** What the simulated device holds, without asking it over the network. */
function held({ simulator }: TestAmt): Held {
  const defense = defenseOf(simulator.device);
  return {
    policies: [...defense.policies.values()].map(({ name }) => name),
    filters: defense.filters.size,
    inForce: defense.activePolicy?.name,
  };
}

/** A policy of another console, with two filters; in force when it is asked for. */
async function addForeign(device: TestAmt, { inForce = false } = {}): Promise<void> {
  const keys = { InstanceID: 0, CreationClassName: 0, SystemName: 0, SystemCreationClassName: 0 };
  const amt = 'http://intel.com/wbem/wscim/1/amt-schema/1/';
  await device.use(async ({ wsman }, signal) => {
    const common = { ...keys, FilterProfile: 3, ActionEventOnMatch: false };
    await wsman.create(
      `${amt}AMT_Hdr8021Filter`,
      { ...common, Name: 'web~tv', FilterDirection: 1, HdrProtocolID8021: 0x0806 },
      { signal },
    );
    await wsman.create(
      `${amt}AMT_IPHeadersFilter`,
      { ...common, Name: 'no telnet', FilterDirection: 0, HdrIPVersion: 4, HdrProtocolID: 6, TCPFlagsOn: [1] },
      { signal },
    );
    const off = { Drop: false, Count: false, MatchEvent: false };
    const defaults = Object.fromEntries(
      ['Tx', 'Rx'].flatMap((way) => Object.entries(off).map(([name, value]) => [`${way}Default${name}`, value])),
    );
    const policy = await wsman.create(
      `${amt}AMT_SystemDefensePolicy`,
      { InstanceID: 0, PolicyName: 'Lab', PolicyPrecedence: 5, FilterCreationHandles: [1, 2], ...defaults },
      { signal },
    );
    if (!inForce) return;
    const port = {
      resourceUri: 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_EthernetPort',
      selectors: { DeviceID: 'Intel(r) AMT Ethernet Port 0' },
    };
    await wsman.create(`${amt}AMT_NetworkPortSystemDefensePolicy`, { Antecedent: port, Dependent: policy }, { signal });
  });
}

const none = [null, null, null, null, null, null];

describe('block all but the open ports', () => {
  test('the table that the device holds is the wanted set', async () => {
    await using device = await start();
    expect(await device.run(networkFilter, strict)).toMatchObject({ outcome: 'done' });
    const row = (...cells: readonly unknown[]): readonly unknown[] => ['strict', true, 'Sideband', ...cells];
    const console = [null, 'tcp', '443', null, '10.0.0.9', null, null];
    const dns = [null, 'udp', '53', null, null, null, null];
    expect(await device.show(networkFilters)).toEqual([
      row('ARP', 'outbound', 'pass', null, 'arp', ...none.slice(1)),
      row('ARP', 'inbound', 'pass', null, 'arp', ...none.slice(1)),
      row('DNS', 'outbound', 'pass', ...dns),
      row('DNS', 'inbound', 'pass', ...dns),
      row('mend', 'outbound', 'pass count', ...console),
      row('mend', 'inbound', 'pass count', ...console),
      row('SMB', 'outbound', 'drop event', null, 'tcp', '445', null, '10.0.4.0/24', null, null),
      row('ping', 'outbound', 'limit', 3, 'icmp', ...none.slice(1)),
      row('ping', 'inbound', 'limit', 3, 'icmp', ...none.slice(1)),
      row('everything else', 'outbound', 'drop count', null, ...none),
      row('everything else', 'inbound', 'drop', null, ...none),
      row('anti-spoofing', 'outbound', 'drop count', null, ...none),
    ]);
  });

  test('packets are let through and dropped as the set says', async () => {
    await using device = await start();
    await device.run(networkFilter, strict);
    const { device: computer } = device.simulator;
    const own = '192.168.0.51';
    const sent = { direction: 'sent', source: own, protocol: 6, destinationPort: 443 } as const;
    const received = { direction: 'received', destination: own, protocol: 6, sourcePort: 443 } as const;
    expect(passes(computer, { ...sent, destination: '10.0.0.9' })).toBe(true);
    expect(passes(computer, { ...sent, destination: '10.0.0.8' })).toBe(false);
    expect(passes(computer, { ...sent, destination: '10.0.0.9', source: '192.168.0.52' })).toBe(false);
    expect(passes(computer, { ...received, source: '10.0.0.9' })).toBe(true);
    expect(passes(computer, { ...received, source: '10.0.0.8' })).toBe(false);
    expect(passes(computer, { ...sent, destination: '10.0.0.1', protocol: 17, destinationPort: 53 })).toBe(true);
    expect(passes(computer, { direction: 'received', etherType: 0x0806 })).toBe(true);
    expect(passes(computer, { direction: 'received', source: '2001:db8::1' })).toBe(false);
  });

  test('a second time nothing is changed', async () => {
    await using device = await start();
    await device.run(networkFilter, strict);
    const calls = device.changes.length;
    const before = held(device);
    expect(await device.run(networkFilter, strict)).toMatchObject({ outcome: 'already' });
    expect(device.changes).toHaveLength(calls);
    expect(held(device)).toEqual(before);
  });

  test('the built-in set is 30 filters; its plan reads from no filter to them, then from them to them', async () => {
    await using device = await start();
    const plan = await device.plan(networkFilter, { mode: 'block' });
    expect(plan.now).toBe('no filter');
    expect(plan.then).toMatch(/^open-ports [a-z2-7]{4} \(30 filters\), anti-spoofing on, 10 pings a second$/);
    const value = { filter: plan.then };
    expect(await device.run(networkFilter, { mode: 'block' })).toMatchObject({ outcome: 'done', value });
    expect(await device.plan(networkFilter, { mode: 'block' })).toMatchObject({ now: plan.then, then: plan.then });
    expect(held(device)).toMatchObject({ policies: [expect.stringMatching(/^open-ports~[a-z2-7]{4}$/)], filters: 30 });
  });

  test('options in place of the set’s own', async () => {
    await using device = await start();
    const given = { ...strict, antiSpoofing: 'off', pingLimit: 0 };
    expect(await device.plan(networkFilter, given)).toMatchObject({
      then: expect.stringMatching(/^strict [a-z2-7]{4} \(7 filters\), no anti-spoofing$/) as string,
    });
    await device.run(networkFilter, given);
    expect(held(device).filters).toBe(7);
  });
});

describe('a changed set', () => {
  const changedYaml = strictYaml.replace('remotePort: 53', 'remotePort: 5353');

  test('takes the place of the old one, and nothing of that is left', async () => {
    await using device = await startAmt({
      definitions: { filterSets: sets(strictYaml, changedYaml.replace('strict', 'other')) },
    });
    await device.run(networkFilter, strict);
    const [old] = held(device).policies;
    expect(await device.run(networkFilter, { ...strict, set: 'other' })).toMatchObject({ outcome: 'done' });
    const after = held(device);
    expect(after.policies).toHaveLength(1);
    expect(after.policies[0]).toMatch(/^other~/);
    expect(after.policies[0]).not.toBe(old);
    expect(after).toMatchObject({ filters: 9, inForce: after.policies[0] });
  });

  test('the new policy is complete before it takes the old one’s place', async () => {
    await using device = await start();
    await device.run(networkFilter, strict);
    device.simulator.calls.length = 0;
    await device.run(networkFilter, { ...strict, pingLimit: 4 });
    const steps = device.changes.filter((step, at, all) => step !== all[at - 1]);
    expect(steps).toEqual([
      'AMT_Hdr8021Filter.Create',
      'AMT_IPHeadersFilter.Create',
      'AMT_SystemDefensePolicy.Create',
      'AMT_NetworkPortSystemDefensePolicy.Delete',
      'AMT_NetworkPortSystemDefensePolicy.Create',
      'AMT_SystemDefensePolicy.Delete',
      'AMT_Hdr8021Filter.Delete',
      'AMT_IPHeadersFilter.Delete',
    ]);
  });

  test('has another plan, though its name and number of filters are the same', async () => {
    await using before = await start();
    await using after = await start({}, changedYaml);
    const [one, other] = [await before.plan(networkFilter, strict), await after.plan(networkFilter, strict)];
    expect(one.then).not.toBe(other.then);
  });

  test('what somebody has changed on the device is put right again', async () => {
    await using device = await start();
    await device.run(networkFilter, strict);
    const { policies } = defenseOf(device.simulator.device);
    const [handle, policy] = [...policies][0]!;
    policies.set(handle, { ...policy, filters: policy.filters.slice(1) });
    expect(await device.run(networkFilter, strict)).toMatchObject({ outcome: 'done' });
    expect(held(device)).toMatchObject({ filters: 9, inForce: expect.stringMatching(/^strict~/) as string });
    expect(held(device).policies).toHaveLength(1);
  });
});

describe('allow all', () => {
  test('leaves nothing of ours behind', async () => {
    await using device = await start();
    const before = held(device);
    await device.run(networkFilter, strict);
    expect(await device.plan(networkFilter, allowAll)).toMatchObject({ then: 'no filter' });
    expect(await device.run(networkFilter, allowAll)).toMatchObject({
      outcome: 'done',
      value: { filter: 'no filter' },
    });
    expect(held(device)).toEqual(before);
    expect(await device.show(networkFilters)).toEqual([]);
    expect(await device.run(networkFilter, allowAll)).toMatchObject({ outcome: 'already' });
  });

  test('also takes away what an earlier failure has left', async () => {
    await using device = await start();
    device.simulator.faults.loseAnswerTo('AMT_SystemDefensePolicy.Create');
    await device.run(networkFilter, strict);
    expect(held(device).filters).toBe(9);
    await device.run(networkFilter, allowAll);
    expect(held(device)).toEqual({ policies: [], filters: 0, inForce: undefined });
  });

  test('a lost answer in the middle is unknown, and the next time finishes it', async () => {
    await using device = await start();
    await device.run(networkFilter, strict);
    device.simulator.faults.loseAnswerTo('AMT_SystemDefensePolicy.Delete');
    const result = await device.run(networkFilter, allowAll);
    expect(result).toMatchObject({ outcome: 'unknown', error: { code: 'connect.lost' } });
    expect(result.error?.message).toMatch(/the last thing done before: policy strict~[a-z2-7]{4} taken out of force$/);
    expect(await device.run(networkFilter, allowAll)).toMatchObject({ outcome: 'done' });
    expect(held(device)).toEqual({ policies: [], filters: 0, inForce: undefined });
  });
});

describe('the policy of another console', () => {
  test('survives ours and its end, with its filters', async () => {
    await using device = await start();
    await addForeign(device);
    const before = held(device);
    await device.run(networkFilter, strict);
    expect(held(device)).toMatchObject({ filters: 11, inForce: expect.stringMatching(/^strict~/) as string });
    await device.run(networkFilter, allowAll);
    expect(held(device)).toEqual(before);
    expect(before).toEqual({ policies: ['Lab'], filters: 2, inForce: undefined });
  });

  test('in force, it is not replaced without a word', async () => {
    await using device = await start();
    await addForeign(device, { inForce: true });
    expect(await device.plan(networkFilter, strict)).toMatchObject({
      impossible: 'the policy "Lab" of another console is in force; `replaceForeign` takes its place',
    });
    expect(await device.run(networkFilter, strict)).toMatchObject({
      ok: false,
      error: { code: 'operation.impossible' },
    });
    expect(held(device)).toEqual({ policies: ['Lab'], filters: 2, inForce: 'Lab' });

    expect(await device.run(networkFilter, { ...strict, replaceForeign: true })).toMatchObject({ outcome: 'done' });
    expect(held(device).policies).toEqual(['Lab', expect.stringMatching(/^strict~/)]);
    expect(held(device).inForce).toMatch(/^strict~/);
  });

  test('allow all tells that it stays in force, or takes it out of force when told to', async () => {
    await using device = await start();
    await addForeign(device, { inForce: true });
    const note = 'Nothing of Sideband is left, but the policy "Lab" of another console is in force.';
    expect(await device.run(networkFilter, allowAll)).toMatchObject({ outcome: 'already', note });
    expect(await device.now(networkFilter, allowAll)).toBe('the policy "Lab" of another console');
    expect(await device.run(networkFilter, { ...allowAll, replaceForeign: true })).toMatchObject({ outcome: 'done' });
    expect(held(device)).toEqual({ policies: ['Lab'], filters: 2, inForce: undefined });
  });

  test('is shown, with what our words do not have', async () => {
    await using device = await start();
    await addForeign(device, { inForce: true });
    const row = (...cells: readonly unknown[]): readonly unknown[] => ['Lab', true, 'other', ...cells];
    expect(await device.show(networkFilters)).toEqual([
      row('web~tv', 'inbound', 'pass', null, 'arp', ...none.slice(1)),
      row('no telnet', 'outbound', 'pass', null, 'tcp', null, null, null, null, 'TCPFlagsOn 1'),
      row('everything else', 'outbound', 'pass', null, ...none),
      row('everything else', 'inbound', 'pass', null, ...none),
    ]);
  });
});

describe('a failure in the middle', () => {
  /** Fills the device with filters of another console, so that there is room for so many more. */
  async function leaveRoom(device: TestAmt, room: number): Promise<void> {
    await device.use(async ({ wsman }, signal) => {
      for (let at = held(device).filters; at < 80 - room; at++) {
        const keys = { InstanceID: 0, CreationClassName: 0, SystemName: 0, SystemCreationClassName: 0 };
        const head = { FilterProfile: 3, ActionEventOnMatch: false, FilterDirection: 1, HdrProtocolID8021: 2048 };
        const uri = 'http://intel.com/wbem/wscim/1/amt-schema/1/AMT_Hdr8021Filter';
        await wsman.create(uri, { ...keys, ...head, Name: `other ${at}` }, { signal });
      }
    });
  }

  test('a device without room says which limit it is, before anything is done', async () => {
    await using device = await start();
    await leaveRoom(device, 8);
    const before = device.changes.length;
    const result = await device.run(networkFilter, strict);
    expect(result.error?.message).toBe(
      'lab-01: the device has room for 80 filters (GlobalMaxSupportedFilters): 72 are there, and 9 more are needed, for the old and the new are there at once: `mode: allow-all` makes room',
    );
    expect(device.changes).toHaveLength(before);
  });

  /** The next so many times a policy is enabled the device says that it is busy. */
  function refuseToEnable(device: TestAmt, times: number): void {
    const defense = defenseOf(device.simulator.device);
    const assign = defense.assign.bind(defense);
    let left = times;
    defense.assign = (owner, policy) => {
      if (left-- > 0) throw new AmtFault('QuotaLimit');
      assign(owner, policy);
    };
  }

  test('what was made is taken back when the device refuses the rest, and the old policy stays in force', async () => {
    await using device = await start();
    await device.run(networkFilter, strict);
    const before = held(device);
    defenseOf(device.simulator.device).addPolicy = () => {
      throw invalidValue();
    };
    const result = await device.run(networkFilter, { ...strict, pingLimit: 4 });
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'device.refused' } });
    expect(result.error?.message).toMatch(/; what was done for it is taken back$/);
    expect(held(device)).toEqual(before);
  });

  test('the old policy is in force again when the new one cannot be enabled', async () => {
    await using device = await start();
    await device.run(networkFilter, strict);
    const before = held(device);
    refuseToEnable(device, 1);
    const result = await device.run(networkFilter, { ...strict, pingLimit: 4 });
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'device.busy' } });
    expect(held(device)).toEqual(before);
  });

  test('what cannot be taken back is told, and the outcome is unknown', async () => {
    await using device = await start();
    await device.run(networkFilter, strict);
    refuseToEnable(device, 2);
    const result = await device.run(networkFilter, { ...strict, pingLimit: 4 });
    expect(result.outcome).toBe('unknown');
    expect(result.error?.message).toMatch(/; not taken back: policy strict~[a-z2-7]{4} taken out of force$/);
    expect(held(device)).toMatchObject({ filters: 9, inForce: undefined });
    expect(await device.run(networkFilter, { ...strict, pingLimit: 4 })).toMatchObject({ outcome: 'done' });
    expect(held(device)).toMatchObject({ filters: 9, inForce: expect.stringMatching(/^strict~/) as string });
  });

  test('an old policy that the device does not give up is told; the new one is in force', async () => {
    await using device = await start();
    await device.run(networkFilter, strict);
    const { policies } = defenseOf(device.simulator.device);
    policies.delete = () => {
      throw new AmtFault('QuotaLimit');
    };
    const result = await device.run(networkFilter, { ...strict, pingLimit: 4 });
    expect(result.outcome).toBe('unverified');
    expect(result.note).toMatch(/^In force, but the old strict~[a-z2-7]{4} was not removed: .*QuotaLimit/);
    expect(held(device)).toMatchObject({ filters: 18, inForce: held(device).policies[1] });
  });

  test('a lost answer leaves open what the device holds, and says what was done before', async () => {
    await using device = await start();
    device.simulator.faults.loseAnswerTo('AMT_NetworkPortSystemDefensePolicy.Create');
    const result = await device.run(networkFilter, strict);
    expect(result).toMatchObject({ outcome: 'unknown', error: { code: 'connect.lost' } });
    expect(result.error?.message).toMatch(
      /; done before: filter ping~[a-z2-7]{4}o, filter ping~[a-z2-7]{4}i, policy strict~[a-z2-7]{4} and 7 more$/,
    );
    // It has happened, as the next run finds.
    expect(await device.run(networkFilter, strict)).toMatchObject({ outcome: 'already' });
  });

  test('what an earlier failure has left is cleared away by the next run', async () => {
    await using device = await start();
    device.simulator.faults.loseAnswerTo('AMT_IPHeadersFilter.Create');
    expect(await device.run(networkFilter, strict)).toMatchObject({ outcome: 'unknown' });
    expect(held(device).filters).toBe(3);
    expect(await device.run(networkFilter, strict)).toMatchObject({ outcome: 'done' });
    expect(held(device)).toMatchObject({ filters: 9 });
  });
});

describe('what a device lacks', () => {
  test.each([
    [
      'ccm',
      'System Defense is not offered in client control mode (CCM): the device must be set up in admin control mode',
    ],
    ['ism', 'Intel Standard Manageability has no System Defense'],
  ] as const)('%s: %s', async (profile, impossible) => {
    await using device = await start({ profile });
    expect(await device.plan(networkFilter, strict)).toMatchObject({ impossible });
    expect(await device.plan(networkFilter, allowAll)).toMatchObject({ impossible });
    expect(await device.plan(networkFilterExport)).toMatchObject({ impossible });
  });

  test('more filters than the port has room for are told with the limit’s name', async () => {
    const entries = Array.from(
      { length: 31 },
      (_, at) => `  - { name: p${at}, direction: outbound, protocol: tcp, remotePort: ${at + 1} }`,
    );
    const yaml = `version: 1\nname: strict\nfilters:\n${entries.join('\n')}\n`;
    await using device = await start({}, yaml);
    expect(await device.plan(networkFilter, strict)).toMatchObject({
      impossible:
        'the wired port has room for 32 outbound filters, the default among them (IPv4_MaxTxFilters), and 33 are needed',
    });
  });
});

test('statistics count what the filters have matched', async () => {
  await using device = await start();
  expect(await device.show(networkFilterStatistics)).toEqual([]);
  await device.run(networkFilter, { ...strict, antiSpoofing: 'off', pingLimit: 0 });
  const packet = { direction: 'received', source: '10.0.0.9', protocol: 6, sourcePort: 443 } as const;
  passes(device.simulator.device, packet);
  passes(device.simulator.device, packet);
  const rows = await device.show(networkFilterStatistics);
  const counted = rows.filter(([, , , packets, isMatched]) => packets !== 0 || isMatched);
  expect(counted.map((row) => row.slice(0, 5))).toEqual([['strict', 'mend', 'inbound', 2, true]]);
  expect(rows).toHaveLength(8);
});

describe('export', () => {
  test('gives the set back as its file says it, with the console’s address', async () => {
    await using device = await start();
    await device.run(networkFilter, strict);
    const { value } = await device.run(networkFilterExport);
    const { yaml, name } = value as { readonly yaml: string; readonly name: string };
    expect(name).toBe('strict');
    expect(yaml).toBe(
      strictYaml.replace(
        'action: pass count, protocol: tcp, remotePort: 443, remoteAddress: console',
        'action: pass count, protocol: tcp, remotePort: 443, remoteAddress: 10.0.0.9',
      ),
    );
  });

  test('what is exported and applied again does the same', async () => {
    await using device = await start();
    await device.run(networkFilter, { ...strict, set: 'open-ports' });
    const { yaml } = (await device.run(networkFilterExport)).value as { readonly yaml: string };
    expect(parseFilterSet(yaml, 'x.yaml').set).toMatchObject({
      filters: expect.objectContaining({ length: 14 }) as unknown,
    });
  });

  test('of another console’s policy, what has no words stands in comments', async () => {
    await using device = await start();
    await addForeign(device);
    const { yaml } = (await device.run(networkFilterExport, { policy: 'Lab' })).value as { readonly yaml: string };
    expect(yaml).toBe(`version: 1
name: lab
default: { outbound: pass, inbound: pass }
antiSpoofing: off
pingLimit: 0
filters:
  - { name: web-tv, direction: inbound, etherType: arp }
  # no telnet also has TCPFlagsOn 1, which has no word here
  - { name: no telnet, direction: outbound, protocol: tcp }
`);
  });

  test('without a policy in force, or of that name, it says so', async () => {
    await using device = await start();
    expect((await device.run(networkFilterExport)).error?.message).toBe('lab-01 has no network filter in force');
    await addForeign(device);
    const result = await device.run(networkFilterExport, { policy: 'lap' });
    expect(result.error).toMatchObject({
      code: 'device.state',
      message: 'lab-01 has no policy "lap". Did you mean "Lab"?',
    });
  });
});

test('a set that is not there is told before anybody is asked', async () => {
  await using device = await start();
  await expect(device.run(networkFilter, { ...strict, set: 'strct' })).rejects.toMatchObject({
    code: 'usage.invalid',
    message: 'no filter set is called "strct". Did you mean "strict"?',
  });
});
