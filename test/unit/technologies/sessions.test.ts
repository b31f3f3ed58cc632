import { expect, test, vi } from 'vitest';
import { SidebandError } from '../../../src/base/errors';
import { Computer } from '../../../src/fleet/computer';
import { FakeDevice, fakeComputer, fakeSessions, fakeTechnology } from '../../fakes/technology';

const signal = new AbortController().signal;
const setUp = (options = {}) => {
  const device = new FakeDevice();
  const ipmi = fakeTechnology('ipmi', new Map([['lab-01', device]]));
  return { device, ipmi, computer: fakeComputer('lab-01', ['ipmi']), sessions: fakeSessions(options) };
};

test('two users of one computer take turns in one session', async () => {
  const { device, ipmi, computer, sessions } = setUp();
  let inside = 0;
  const use = () =>
    sessions.use(ipmi, computer, { signal }, async (client) => {
      expect(++inside).toBe(1);
      const { state } = await client.readPower(signal);
      inside--;
      return state;
    });
  expect(await Promise.all([use(), use()])).toEqual(['on', 'on']);
  expect(device.calls).toEqual(['ipmi open', 'ipmi readPower', 'ipmi readPower']);
  await sessions[Symbol.asyncDispose]();
  expect(device.openNow).toBe(0);
});

test('a session is closed after its last user, or when its idle time is over', async () => {
  vi.useFakeTimers();
  const { device, ipmi, computer, sessions } = setUp({ idleMs: 5000 });
  await sessions.use(ipmi, computer, { signal }, () => Promise.resolve());
  expect(device.openNow).toBe(1);
  await vi.advanceTimersByTimeAsync(4000);
  await sessions.use(ipmi, computer, { signal }, () => Promise.resolve());
  await vi.advanceTimersByTimeAsync(4999);
  expect(device.openNow).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(device.openNow).toBe(0);
  expect(device.calls).toEqual(['ipmi open']);
  vi.useRealTimers();
});

test('a session that ended by what was done is not lent again', async () => {
  const { device, ipmi, computer, sessions } = setUp({ idleMs: 5000 });
  await sessions.use(ipmi, computer, { signal }, (client) => Promise.resolve(Object.assign(client, { isSpent: true })));
  await sessions.use(ipmi, computer, { signal }, () => Promise.resolve());
  expect(device.calls).toEqual(['ipmi open', 'ipmi open']);
  await sessions[Symbol.asyncDispose]();
  expect(device.openNow).toBe(0);
});

function computerAt(name: string, user: string): Computer {
  const accesses = [{ technology: 'ipmi', host: 'lab-01', options: { user } }] as const;
  return new Computer({ name, host: 'lab-01', tags: {}, profile: 'lab', accesses });
}

test('computers that share a controller share its one place', async () => {
  const { device, ipmi, sessions } = setUp({ idleMs: 5000 });
  for (const name of ['lab-01', 'twin']) {
    const openNow = await sessions.use(ipmi, computerAt(name, 'admin'), { signal }, () =>
      Promise.resolve(device.openNow),
    );
    expect(openNow).toBe(1);
  }
  expect(device.calls).toEqual(['ipmi open', 'ipmi open']);
  await sessions[Symbol.asyncDispose]();
});

test('a fleet that was read anew keeps the sessions, but not one of another account', async () => {
  const { device, ipmi, sessions } = setUp({ idleMs: 5000 });
  const use = (computer: Computer): Promise<void> => sessions.use(ipmi, computer, { signal }, () => Promise.resolve());
  await use(computerAt('lab-01', 'admin'));
  await use(computerAt('lab-01', 'admin'));
  expect(device.calls).toEqual(['ipmi open']);
  await use(computerAt('lab-01', 'operator'));
  expect(device.calls).toEqual(['ipmi open', 'ipmi open']);
  expect(device.openNow).toBe(1);
  await sessions[Symbol.asyncDispose]();
});

test('no more than 256 sessions wait for their next user; who has waited longest is closed for another', async () => {
  const names = Array.from({ length: 300 }, (_, index) => `n${index}`);
  const devices = new Map(names.map((name) => [name, new FakeDevice()]));
  const ipmi = fakeTechnology('ipmi', devices);
  const sessions = fakeSessions({ idleMs: 5000 });
  const openNow = (): number => [...devices.values()].reduce((sum, device) => sum + device.openNow, 0);
  const use = (name: string): Promise<void> =>
    sessions.use(ipmi, fakeComputer(name, ['ipmi']), { signal }, () => Promise.resolve());
  for (const name of names) await use(name);
  expect(openNow()).toBe(256);
  await use('n44');
  expect(devices.get('n44')?.calls).toEqual(['ipmi open']);
  await use('n0');
  expect(openNow()).toBe(256);
  expect(devices.get('n44')?.openNow).toBe(1);
  expect(devices.get('n45')?.openNow).toBe(0);
  await sessions[Symbol.asyncDispose]();
  expect(openNow()).toBe(0);
});

test('a lost session is not lent again', async () => {
  const { device, ipmi, computer, sessions } = setUp({ idleMs: 5000 });
  const lost = new SidebandError('connect.lost', 'lab-01 stopped answering');
  await expect(sessions.use(ipmi, computer, { signal }, () => Promise.reject(lost))).rejects.toBe(lost);
  await sessions.use(ipmi, computer, { signal }, () => Promise.resolve());
  expect(device.calls).toEqual(['ipmi open', 'ipmi open']);
  await sessions[Symbol.asyncDispose]();
  expect(device.openNow).toBe(0);
});

test('a refusal by the device leaves the session as it is', async () => {
  const { device, ipmi, computer, sessions } = setUp({ idleMs: 5000 });
  const refused = new SidebandError('device.state', 'lab-01 is off');
  await expect(sessions.use(ipmi, computer, { signal }, () => Promise.reject(refused))).rejects.toBe(refused);
  await sessions.use(ipmi, computer, { signal }, () => Promise.resolve());
  expect(device.calls).toEqual(['ipmi open']);
  await sessions[Symbol.asyncDispose]();
});

test('who waits in line leaves it when cancelled, and the next is served', async () => {
  const { ipmi, computer, sessions } = setUp();
  const first = Promise.withResolvers<undefined>();
  const controller = new AbortController();
  const holding = sessions.use(ipmi, computer, { signal }, () => first.promise);
  const waiting = sessions.use(ipmi, computer, { signal: controller.signal }, () => Promise.resolve('never'));
  const last = sessions.use(ipmi, computer, { signal }, () => Promise.resolve('served'));
  controller.abort();
  first.resolve(undefined);
  await holding;
  await expect(waiting).rejects.toMatchObject({ code: 'run.cancelled' });
  expect(await last).toBe('served');
});

test('a password that nobody knows is said so, with its profile', async () => {
  const sessions = fakeSessions({ secrets: { get: () => Promise.resolve(undefined) } });
  const asking = { ...fakeTechnology('ipmi', new Map()) };
  asking.open = async ({ secret }, _, stop) => {
    await secret(stop);
    throw new Error('not reached');
  };
  const opening = sessions.use(asking, fakeComputer('lab-01', ['ipmi']), { signal }, () => Promise.resolve());
  await expect(opening).rejects.toMatchObject({
    code: 'auth.missing',
    message: 'no ipmi password is known for profile lab',
  });
});

test('the fleet learns what a client found that its computer offers, once for each finding', async () => {
  const { ipmi, computer, sessions } = setUp();
  let told = 0;
  computer.onDidSee(() => told++);
  computer.see({ power: 'on' });
  const find = (offers: string) =>
    sessions.use(ipmi, computer, { signal }, (client) => Promise.resolve(Object.assign(client, { offers })));
  await find('SOL');
  await find('SOL');
  expect(computer.seen).toEqual({ power: 'on', offers: { ipmi: 'SOL' } });
  expect(told).toBe(2);
  await find('SOL and KVM');
  expect(computer.seen.offers).toEqual({ ipmi: 'SOL and KVM' });
  await sessions[Symbol.asyncDispose]();
});
