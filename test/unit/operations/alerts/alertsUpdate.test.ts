import { expect, test } from 'vitest';
import { alertsUpdate } from '../../../../src/operations/alerts/alertsUpdate';
import { type Answer, FakeController } from '../../../fakes/ipmiController';

const reads = ['0c 02', '04 13'];
const revision = 0x11;

/** Holds LAN and PEF parameters as IPMI v2.0 sections 23.2 and 30.4 say; `stuck` parameters keep their value. */
function controller({ count = 2, stuck = [] as readonly string[], refused = '' } = {}): FakeController {
  const held = new Map<string, readonly number[]>([
    ['lan 18 1', [1, 0x80, 5, 3]],
    ['lan 19 1', [1, 0, 0, 10, 0, 0, 1, 2, 3, 4, 5, 6, 7]],
    ['pef 9 1', [1, 0, 0, 0]],
    ['pef 2 0', [0x0e]],
    ['pef 1 0', [0x02]],
    ['pef 5 0', [2]],
    ['pef 6 2', [2, ...Array<number>(20).fill(0)]],
    ['lan 16 0', [...Buffer.from('public'.padEnd(18, '\0'))]],
  ]);
  const keep = (key: string, data: readonly number[]): Answer => {
    if (key === refused) return 0xcc;
    if (!stuck.includes(key)) held.set(key, data);
    return [];
  };
  return new FakeController((command, data): Answer => {
    const [first = 0, second = 0, third = 0] = data;
    if (command === '0c 02' && second === 17) return [revision, count];
    if (command === '0c 02') return [revision, ...(held.get(`lan ${second} ${third}`) ?? [])];
    if (command === '04 13') return [revision, ...(held.get(`pef ${first} ${second}`) ?? [])];
    if (command === '0c 01') return keep(`lan ${second} ${second === 16 ? 0 : third}`, data.slice(2));
    return keep(`pef ${first} ${first === 9 || first === 6 ? second : 0}`, data.slice(1));
  });
}

test('destination, policy entry, alert action and filtering are written where they differ, and verified', async () => {
  const bmc = controller();
  await expect(bmc.run(alertsUpdate, { address: '192.0.2.10' })).resolves.toMatchObject({
    outcome: 'done',
    value: { address: '192.0.2.10' },
  });
  expect(bmc.changes(...reads)).toEqual([
    '0c 01 01 12 01 00 05 03',
    '0c 01 01 13 01 00 00 c0 00 02 0a 00 00 00 00 00 00',
    '04 12 09 01 18 11 00',
    '04 12 02 0f',
    '04 12 01 03',
  ]);
  await expect(bmc.run(alertsUpdate, { address: '192.0.2.10' })).resolves.toMatchObject({ outcome: 'already' });
});

test('what is right already stays: here only the policy differs', async () => {
  const bmc = controller();
  await bmc.run(alertsUpdate, { address: '10.0.0.1' });
  bmc.calls.length = 0;
  const result = await bmc.run(alertsUpdate, { address: '10.0.0.1', policy: 2 });
  expect(result).toEqual({ outcome: 'done', value: { address: '10.0.0.1', changed: ['policy entry'] } });
  expect(bmc.changes(...reads)).toEqual(['04 12 09 01 28 11 00']);
});

test('the hardware address of an unchanged destination is kept', async () => {
  const bmc = controller();
  await bmc.run(alertsUpdate, { address: '10.0.0.1' });
  expect(bmc.changes(...reads).some((call) => call.startsWith('0c 01 01 13'))).toBe(false);
});

test('what the controller does not hold afterwards is named', async () => {
  const bmc = controller({ stuck: ['pef 1 0', 'lan 19 1'] });
  await expect(bmc.run(alertsUpdate, { address: '192.0.2.10' })).resolves.toEqual({
    outcome: 'unverified',
    note: 'Accepted, but the controller does not hold: destination address, event filtering.',
  });
});

test('a refusal in the middle names what was changed before', async () => {
  const bmc = controller({ refused: 'pef 2 0' });
  await expect(bmc.run(alertsUpdate, { address: '192.0.2.10' })).rejects.toMatchObject({
    code: 'device.refused',
    effect: 'unknown',
    message: expect.stringContaining('changed before: destination type, destination address, policy entry') as string,
  });
});

test('a channel without the destination is refused before anything is written', async () => {
  const bmc = controller({ count: 0 });
  const refused = bmc.run(alertsUpdate, { address: '192.0.2.10' });
  await expect(refused).rejects.toMatchObject({
    code: 'device.unsupported',
    hint: 'Alerts cannot be sent from this channel.',
  });
  expect(bmc.changes(...reads)).toEqual([]);
});

test('short answers are errors of the protocol, and a host name is no address', async () => {
  const short = new FakeController((_, [, parameter]) => (parameter === 17 ? [revision, 4] : [revision, 1]));
  await expect(short.run(alertsUpdate, { address: '192.0.2.10' })).rejects.toMatchObject({
    code: 'protocol.truncated',
  });
  expect(alertsUpdate.parameters.safeParse({ address: 'collector.example' }).success).toBe(false);
});

// IPMI v2.0 table 23-4, parameter 16, and table 17-2.
test('a community string, and a filter for every event in the last entry', async () => {
  const bmc = controller();
  bmc.storedPassword = 'traps';
  const given = { address: '10.0.0.1', communityOf: 'snmp', allEvents: true };
  await expect(bmc.run(alertsUpdate, given)).resolves.toMatchObject({ outcome: 'done' });
  expect(bmc.changes(...reads).slice(1, 3)).toEqual([
    '0c 01 01 10 74 72 61 70 73 00 00 00 00 00 00 00 00 00 00 00 00 00',
    '04 12 06 02 80 01 01 00 ff ff ff ff ff ff ff 00 00 00 00 00 00 00 00 00',
  ]);
  bmc.storedPassword = 'a community of nineteen';
  await expect(bmc.run(alertsUpdate, given)).rejects.toMatchObject({ code: 'usage.invalid' });
});
