import * as z from 'zod';
import { expect, test } from 'vitest';
import { SidebandError } from '../../../src/base/errors';
import { silentLog } from '../../../src/base/log';
import type { Computer } from '../../../src/fleet/computer';
import { Fleet } from '../../../src/fleet/fleet';
import type { Engine } from '../../../src/jobs/engine';
import { planOperation, readPlan } from '../../../src/jobs/plan';
import { defineOperation } from '../../../src/operations/operation';
import { powerTo } from '../../../src/operations/power/powerTo';
import { testLedger } from '../../fakes/ledger';
import { FakeDevice, fakeComputer, fakeSessions, fakeTechnology } from '../../fakes/technology';

const signal = new AbortController().signal;
const devices = new Map<string, FakeDevice>();
const ipmi = fakeTechnology('ipmi', devices);
const amt = fakeTechnology('amt', devices);
const parameters = z.strictObject({ graceful: z.boolean().default(false), timeoutMs: z.number().default(1000) });
const off = defineOperation(
  {
    id: 'power.off',
    title: 'Power Off',
    description: '',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    changes: 'power',
    parameters,
    then: () => 'off',
  },
  (via) => [
    via(amt, powerTo('off', 'off-graceful'), ({ graceful }) => graceful),
    via(ipmi, powerTo('off', 'off')),
    via(amt, powerTo('off', 'off'), ({ graceful }) => !graceful),
  ],
);
const engine: Engine = {
  sessions: fakeSessions(),
  ledger: testLedger(),
  fleet: Fleet.empty,
  policy: undefined,
  folder: '',
};
const planFor = (
  computers: readonly Computer[],
  options: { parameters?: Record<string, unknown>; technology?: string } = {},
) => planOperation({ operation: off, computers, parameters: {}, targets: '*', ...options }, engine);
const waysOf = (plan: ReturnType<typeof planFor>) => plan.entries.map(({ ways }) => ways.map((way) => way.technology));

test('the ways are those that serve the parameters and that the computer has, in order', () => {
  const computers = [
    fakeComputer('both', ['ipmi', 'amt']),
    fakeComputer('one', ['amt']),
    fakeComputer('none', ['snmp']),
  ];
  expect(waysOf(planFor(computers))).toEqual([['ipmi', 'amt'], ['amt'], []]);
  expect(waysOf(planFor(computers, { parameters: { graceful: true } }))).toEqual([['amt', 'ipmi'], ['amt'], []]);
  expect(waysOf(planFor(computers, { technology: 'amt' }))).toEqual([['amt'], ['amt'], []]);
  expect(planFor(computers).entries[2]?.impossible).toBe(
    'Power Off is offered by IPMI, AMT; the computer’s profile has: snmp',
  );
});

test.each([
  [{ gracefull: true }, 'power.off: no parameter "gracefull". Did you mean "graceful"? It takes: graceful, timeoutMs.'],
  [{ graceful: 'yes' }, 'power.off: parameter graceful: true or false is expected, not text'],
])('wrong parameters %j are named', (wrong, message) => {
  expect(() => planFor([fakeComputer('lab-01', ['ipmi'])], { parameters: wrong })).toThrow(
    expect.objectContaining({ code: 'usage.invalid', message, hint: 'See `sideband help power.off`.' }),
  );
});

test('what all parameters together lack is said without a name', () => {
  const picky = defineOperation(
    { ...off, parameters: z.strictObject({ a: z.boolean().optional() }).refine(() => false, 'one is expected') },
    () => [],
  );
  const request = { operation: picky, computers: [fakeComputer('lab-01', ['ipmi'])], parameters: {}, targets: '*' };
  expect(() => planOperation(request, engine)).toThrow(
    expect.objectContaining({ code: 'usage.invalid', message: 'power.off: one is expected' }),
  );
});

test('reading a plan gives now and then for each, and says what could not be read', async () => {
  const device = new FakeDevice();
  devices.set('lab-01', device);
  devices.set('lab-02', new FakeDevice());
  devices.get('lab-02')?.fail('open', new SidebandError('connect.refused', 'lab-02: nothing listens'));
  const plan = planFor([fakeComputer('lab-01', ['ipmi']), fakeComputer('lab-02', ['ipmi'])]);

  const read = await readPlan(plan, engine, { log: silentLog }, signal);

  expect(read.entries).toMatchObject([{ now: 'on', then: 'off' }, { unread: 'lab-02: nothing listens' }]);
  expect(device.calls).not.toContain('ipmi off');
});

test('what is read for a plan is what the parameters are about', async () => {
  devices.set('lab-01', new FakeDevice());
  const { example: _, ...head } = off;
  const label = defineOperation({ ...head, id: 'label', parameters: z.strictObject({ of: z.string() }) }, (via) => [
    via(ipmi, {
      now: (_, { computer }, { of }) => Promise.resolve(`${of} of ${computer.name}`),
      run: () => Promise.resolve({ outcome: 'done' }),
    }),
  ]);
  const request = { operation: label, computers: [fakeComputer('lab-01', ['ipmi'])], targets: '*' };
  const plan = planOperation({ ...request, parameters: { of: 'the port' } }, engine);
  const read = await readPlan(plan, engine, { log: silentLog }, signal);
  expect(read.entries).toMatchObject([{ now: 'the port of lab-01' }]);
});

test('the hash is the same for the same world, and moves with it', async () => {
  const device = new FakeDevice();
  devices.set('lab-01', device);
  const read = () => readPlan(planFor([fakeComputer('lab-01', ['ipmi'])]), engine, { log: silentLog }, signal);
  const first = await read();
  expect((await read()).hash).toBe(first.hash);
  device.power = 'off';
  expect((await read()).hash).not.toBe(first.hash);
  expect(first.hash).toMatch(/^[0-9a-f]{12}$/);
});

test('the power that was last seen is the state of what changes the power, and of nothing else', () => {
  const computer = fakeComputer('a', ['ipmi']);
  computer.see({ power: 'on', at: 1, technology: 'ipmi' });
  expect(planFor([computer]).entries).toMatchObject([{ now: 'on', then: 'off' }]);
  const { changes: _, ...other } = off;
  const [entry] = planOperation(
    { operation: other, computers: [computer], parameters: {}, targets: '*' },
    engine,
  ).entries;
  expect([entry?.now, entry?.then]).toEqual([undefined, 'off']);
});
