import * as z from 'zod';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SidebandError } from '../../../src/base/errors';
import type { Computer } from '../../../src/fleet/computer';
import { Fleet } from '../../../src/fleet/fleet';
import type { Engine } from '../../../src/jobs/engine';
import { planOperation } from '../../../src/jobs/plan';
import { runPlan } from '../../../src/jobs/run';
import { defineOperation, type Operation } from '../../../src/operations/operation';
import { powerPulse, powerTo } from '../../../src/operations/power/powerTo';
import { testFrontend } from '../../fakes/frontend';
import { testLedger } from '../../fakes/ledger';
import { FakeDevice, fakeComputer, fakeSessions, fakeTechnology } from '../../fakes/technology';

const signal = new AbortController().signal;
let devices: Map<string, FakeDevice>;
let amtDevices: Map<string, FakeDevice>;
let ledger: ReturnType<typeof testLedger>;
let engine: Engine;
let off: Operation;
let reset: Operation;

beforeEach(() => {
  devices = new Map();
  amtDevices = new Map();
  const ipmi = fakeTechnology('ipmi', devices);
  const amt = fakeTechnology('amt', amtDevices);
  const head = { description: '', danger: 'disruptive', kind: 'change' } as const;
  const parameters = z.strictObject({ timeoutMs: z.number().default(1000) });
  off = defineOperation(
    { ...head, id: 'power.off', title: 'Power Off', repeatable: true, parameters, then: () => 'off' },
    (via) => [via(ipmi, powerTo('off', 'off')), via(amt, powerTo('off', 'off'))],
  );
  reset = defineOperation(
    { ...head, id: 'power.reset', title: 'Reset', repeatable: false, parameters: z.strictObject({}) },
    (via) => [via(ipmi, powerPulse('reset')), via(amt, powerPulse('reset'))],
  );
  ledger = testLedger();
  engine = { sessions: fakeSessions(), ledger, fleet: Fleet.empty, policy: undefined, folder: 'here' };
});

afterEach(() => vi.useRealTimers());

function addDevice(host: string, technology: 'ipmi' | 'amt' = 'ipmi'): FakeDevice {
  const device = new FakeDevice();
  (technology === 'ipmi' ? devices : amtDevices).set(host, device);
  return device;
}

const planFor = (operation: Operation, computers: readonly Computer[]) =>
  planOperation({ operation, computers, parameters: {}, targets: '*' }, engine);

test('the user is asked once, the intent is written before the act, and the fleet believes what was read', async () => {
  const device = addDevice('lab-01');
  const computer = fakeComputer('lab-01', ['ipmi']);
  const frontend = testFrontend();

  const report = await runPlan(planFor(off, [computer]), engine, frontend, {}, signal);

  expect(report).toMatchObject({ runId: 'run-1', operation: 'power.off', cancelled: false });
  expect(report.results).toMatchObject([
    { computer: 'lab-01', ok: true, outcome: 'done', technology: 'ipmi', value: { power: 'off' } },
  ]);
  expect(device.calls).toEqual(['ipmi open', 'ipmi readPower', 'ipmi off', 'ipmi readPower']);
  expect(ledger.lines).toEqual(['begin power.off', 'intend lab-01 ipmi', 'close lab-01 done', 'end finished']);
  expect(computer.seen.power).toBe('off');
  expect(frontend.asked).toMatchObject([{ title: 'Power Off', danger: 'disruptive', computers: ['lab-01'] }]);
  expect(device.openNow).toBe(0);
});

test('where none of the computers can, nobody is asked and nothing is done', async () => {
  const frontend = testFrontend();
  const report = await runPlan(planFor(off, [fakeComputer('lab-01', ['snmp'])]), engine, frontend, {}, signal);
  expect(report.results).toMatchObject([
    { computer: 'lab-01', ok: false, outcome: 'skipped', error: { code: 'operation.impossible' } },
  ]);
  expect(frontend.asked).toEqual([]);
});

test('what is so already is not asked for, and has no intent', async () => {
  const device = addDevice('lab-01');
  device.power = 'off';
  const report = await runPlan(planFor(off, [fakeComputer('lab-01', ['ipmi'])]), engine, testFrontend(), {}, signal);
  expect(report.results).toMatchObject([{ ok: true, outcome: 'already' }]);
  expect(device.calls).toEqual(['ipmi open', 'ipmi readPower']);
  expect(ledger.lines).toEqual(['begin power.off', 'close lab-01 already', 'end finished']);
});

test('the question says what the operation warns of with these parameters, and who cannot', async () => {
  addDevice('lab-01');
  const frontend = testFrontend();
  const warning = { ...off, warnings: ({ timeoutMs }: Record<string, unknown>) => [`waits ${String(timeoutMs)} ms`] };
  const computers = [fakeComputer('lab-01', ['ipmi']), fakeComputer('lab-02', ['snmp'])];
  await runPlan(planFor(warning, computers), engine, frontend, {}, signal);
  expect(frontend.asked[0]?.warnings).toEqual([
    'waits 1000 ms',
    '1 of 2 computers cannot: no technology of theirs offers it.',
  ]);
});

test('a no does nothing', async () => {
  const device = addDevice('lab-01');
  const running = runPlan(
    planFor(off, [fakeComputer('lab-01', ['ipmi'])]),
    engine,
    testFrontend({ confirm: false }),
    {},
    signal,
  );
  await expect(running).rejects.toMatchObject({ code: 'run.cancelled' });
  expect(device.calls).toEqual([]);
  expect(ledger.lines).toEqual([]);
});

test('when a way fails without effect the next is tried, and both are told', async () => {
  addDevice('lab-01').fail('open', new SidebandError('connect.refused', 'lab-01: nothing listens'));
  addDevice('lab-01', 'amt');
  const report = await runPlan(
    planFor(off, [fakeComputer('lab-01', ['ipmi', 'amt'])]),
    engine,
    testFrontend(),
    {},
    signal,
  );
  expect(report.results).toMatchObject([
    { ok: true, outcome: 'done', technology: 'amt', tried: [{ technology: 'ipmi', code: 'connect.refused' }] },
  ]);
});

test('when the answer is lost no other technology is tried, for it may have happened', async () => {
  const lost = new SidebandError('connect.lost', 'lab-01 stopped answering', { effect: 'unknown' });
  addDevice('lab-01').fail('requestPower', lost);
  const other = addDevice('lab-01', 'amt');
  const report = await runPlan(
    planFor(reset, [fakeComputer('lab-01', ['ipmi', 'amt'])]),
    engine,
    testFrontend(),
    {},
    signal,
  );
  expect(report.results).toMatchObject([{ ok: false, outcome: 'unknown', error: { code: 'connect.lost' } }]);
  expect(report.results[0]).not.toHaveProperty('tried');
  expect(other.calls).toEqual([]);
  expect(ledger.lines).toContain('close lab-01 unknown');
});

test('a defect after the intent may have done it: no other technology is tried', async () => {
  addDevice('lab-01').fail('requestPower', new SidebandError('internal.bug', 'x is undefined'));
  const other = addDevice('lab-01', 'amt');

  const { results } = await runPlan(
    planFor(off, [fakeComputer('lab-01', ['ipmi', 'amt'])]),
    engine,
    testFrontend(),
    {},
    signal,
  );

  expect(results).toMatchObject([{ ok: false, outcome: 'unknown', technology: 'ipmi' }]);
  expect(other.calls).toEqual([]);
});

test('without its intent on disk nothing is done', async () => {
  const device = addDevice('lab-01');
  const plan = planFor(off, [fakeComputer('lab-01', ['ipmi', 'amt'])]);
  ledger.fill();
  await expect(runPlan(plan, engine, testFrontend(), {}, signal)).rejects.toMatchObject({ code: 'ledger.unavailable' });
  expect(device.calls).toEqual([]);
});

test('when the disk fills in the middle the rest is not done', async () => {
  const [first, second] = [addDevice('lab-01'), addDevice('lab-02')];
  const computers = [fakeComputer('lab-01', ['ipmi']), fakeComputer('lab-02', ['ipmi'])];
  const onResult = (): void => {
    ledger.fill();
  };
  const report = await runPlan(planFor(off, computers), engine, testFrontend(), { concurrency: 1, onResult }, signal);
  expect(report.results).toMatchObject([
    { outcome: 'done' },
    { outcome: 'failed', error: { code: 'ledger.unavailable' } },
  ]);
  expect(first.calls).toContain('ipmi off');
  expect(second.calls).toEqual(['ipmi open', 'ipmi readPower']);
});

test('a computer that no technology of the operation reaches is skipped with the reason', async () => {
  const report = await runPlan(planFor(off, [fakeComputer('lab-01', ['snmp'])]), engine, testFrontend(), {}, signal);
  expect(report.results).toMatchObject([
    {
      ok: false,
      outcome: 'skipped',
      error: {
        code: 'operation.impossible',
        message: 'Power Off is offered by IPMI, AMT; the computer’s profile has: snmp',
      },
    },
  ]);
});

test('cancelling leaves what is done and begins nothing more', async () => {
  const controller = new AbortController();
  addDevice('done');
  const stuck = addDevice('stuck');
  stuck.gate = new Promise(() => undefined);
  const later = addDevice('later');
  const computers = ['done', 'stuck', 'later'].map((name) => fakeComputer(name, ['ipmi'], { site: 'a' }));
  const running = runPlan(planFor(off, computers), engine, testFrontend(), { concurrency: 1 }, controller.signal);
  await expect.poll(() => stuck.calls).toEqual(['ipmi open']);
  controller.abort();
  const report = await running;
  expect(report.cancelled).toBe(true);
  expect(report.results.map(({ outcome }) => outcome)).toEqual(['done', 'cancelled', 'cancelled']);
  expect(later.calls).toEqual([]);
  expect(ledger.lines.at(-1)).toBe('end cancelled');
});

test('a silent computer gives its place to the next', async () => {
  const dead = addDevice('dead');
  dead.gate = new Promise(() => undefined);
  dead.silent = true;
  addDevice('alive');
  const order: string[] = [];
  const computers = [fakeComputer('dead', ['ipmi']), fakeComputer('alive', ['ipmi'])];
  const onResult = ({ computer }: { computer: string }): void => void order.push(computer);
  const options = { concurrency: 1, timeoutMs: 100, onResult };
  const report = await runPlan(planFor(off, computers), engine, testFrontend(), options, signal);
  expect(order).toEqual(['alive', 'dead']);
  expect(report.results.map(({ outcome }) => outcome)).toEqual(['failed', 'done']);
  expect(report.results[0]?.error?.code).toBe('operation.timeout');
});

test('an operation that says how long it may take is not cut off before; a given limit is', async () => {
  vi.useFakeTimers();
  addDevice('lab-01').gate = new Promise(() => undefined);
  const patient = { ...off, lasts: () => 600_000 };
  const timedOut = async (options: { timeoutMs?: number }): Promise<number | undefined> => {
    const running = runPlan(
      planFor(patient, [fakeComputer('lab-01', ['ipmi'])]),
      engine,
      testFrontend(),
      options,
      signal,
    );
    await vi.advanceTimersByTimeAsync(630_000);
    const [result] = (await running).results;
    expect(result?.error?.code).toBe('operation.timeout');
    return result?.durationMs;
  };
  expect(await timedOut({})).toBe(630_000);
  expect(await timedOut({ timeoutMs: 100 })).toBe(100);
});

test('when a way has waited in vain no other one waits again', async () => {
  addDevice('lab-01').fail('readPower', new SidebandError('operation.timeout', 'waited 10 min for power on'));
  const other = addDevice('lab-01', 'amt');
  const computers = [fakeComputer('lab-01', ['ipmi', 'amt'])];
  const { results } = await runPlan(planFor(off, computers), engine, testFrontend(), {}, signal);
  expect(results).toMatchObject([{ outcome: 'failed', error: { code: 'operation.timeout' } }]);
  expect(other.calls).toEqual([]);
});

test('a wrong password is not tried on the whole fleet', async () => {
  const names = Array.from({ length: 10 }, (_, index) => `lab-${index}`);
  const all = names.map((name) => addDevice(name));
  for (const device of all) device.fail('open', new SidebandError('auth.rejected', 'wrong password'));
  const computers = names.map((name) => fakeComputer(name, ['ipmi']));
  const report = await runPlan(planFor(off, computers), engine, testFrontend(), { concurrency: 1 }, signal);
  expect(all.filter(({ calls }) => calls.length > 0)).toHaveLength(3);
  expect(report.results.every(({ error }) => error?.code === 'auth.rejected')).toBe(true);
  expect(report.results[9]?.error?.message).toContain('3 computers rejected the ipmi login of profile lab');
});

test('the results are in the order of the plan, whichever ends first', async () => {
  const names = ['c', 'a', 'b'];
  for (const name of names) addDevice(name);
  const report = await runPlan(
    planFor(
      off,
      names.map((name) => fakeComputer(name, ['ipmi'])),
    ),
    engine,
    testFrontend(),
    {},
    signal,
  );
  expect(report.results.map(({ computer }) => computer)).toEqual(names);
});

test('a reset of a computer that is off is refused, not sent', async () => {
  const device = addDevice('lab-01');
  device.power = 'off';
  const report = await runPlan(planFor(reset, [fakeComputer('lab-01', ['ipmi'])]), engine, testFrontend(), {}, signal);
  expect(report.results).toMatchObject([
    { outcome: 'failed', error: { code: 'device.state', message: 'lab-01 is off' } },
  ]);
  expect(device.calls).not.toContain('ipmi reset');
});

test('what a device refuses names the computer, and is no trouble of the computer itself', async () => {
  const computers = ['lab-01', 'lab-02'].map((name) => fakeComputer(name, ['ipmi']));
  addDevice('lab-01').failures.set('readPower', new SidebandError('device.unsupported', 'it has none'));
  addDevice('lab-02').failures.set('open', new SidebandError('connect.timeout', 'lab-02: no answer'));
  const { results } = await runPlan(planFor(off, computers), engine, testFrontend(), {}, signal);
  expect(results.map(({ error }) => error?.message)).toEqual(['lab-01: it has none', 'lab-02: no answer']);
  expect(computers.map(({ seen }) => seen.problem?.code)).toEqual([undefined, 'connect.timeout']);
});
