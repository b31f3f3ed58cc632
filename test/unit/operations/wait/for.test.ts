import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { SidebandError } from '../../../../src/base/errors';
import { silentLog } from '../../../../src/base/log';
import { planOperation } from '../../../../src/jobs/plan';
import { Fleet } from '../../../../src/fleet/fleet';
import type { TechnologyName } from '../../../../src/fleet/technologyName';
import type { StepResult, WayRequest } from '../../../../src/operations/operation';
import { waitFor } from '../../../../src/operations/wait/for';
import { technologies } from '../../../../src/technologies';
import { FakeConsole } from '../../../fakes/console';
import { fakeComputer } from '../../../fakes/technology';

// The time that loading it takes is real.
beforeAll(() => import('@xterm/headless'));
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const silent = new SidebandError('connect.timeout', 'lab-01: no answer');
const rejected = new SidebandError('auth.rejected', 'lab-01: wrong password');

/** What a technology says of the power, one look after the other; the last one again and again. */
type Says = readonly (string | SidebandError)[];

interface World {
  readonly amt?: Says;
  readonly ipmi?: Says;
  readonly port?: Says;
  readonly consoles?: readonly (FakeConsole | undefined)[];
}

/** A computer that is reached by the technologies that say something, and what was asked of it. */
function stage({ port = ['open'], consoles = [], ...says }: World) {
  const calls: string[] = [];
  const next = async (who: string, words: Says): Promise<string> => {
    const at = calls.filter((call) => call === who).length;
    calls.push(who);
    const word = words[Math.min(at, words.length - 1)] ?? silent;
    return word instanceof SidebandError ? Promise.reject(word) : Promise.resolve(word);
  };
  const sessions = {
    use: (technology: { readonly name: 'amt' | 'ipmi' }, _: unknown, __: unknown, act: (client: object) => unknown) =>
      act({ readPower: async () => ({ state: await next(technology.name, says[technology.name] ?? []) }) }),
    knock: async ({ host }: { readonly host: string }, number: number) => next(`${host} ${number}`, port),
    console: async ({ name }: { readonly name: string }) => {
      const console = consoles[calls.length];
      calls.push(`${name} console`);
      return console ?? Promise.reject(silent);
    },
  } as unknown as WayRequest['sessions'];
  const computer = fakeComputer('lab-01', Object.keys(says) as TechnologyName[]);
  const run = async (parameters: object): Promise<StepResult> => {
    const engine = { fleet: Fleet.empty, policy: undefined };
    const request = { operation: waitFor, computers: [computer], targets: '*', parameters: { ...parameters } };
    const { entries, parameters: given } = planOperation(request, engine);
    const way = entries[0]?.ways[0];
    if (!way) throw new Error(entries[0]?.impossible);
    const { signal } = new AbortController();
    const waiting = way.run({ sessions, computer, signal, log: silentLog }, given, () => Promise.resolve());
    await Promise.all([waiting.catch(() => undefined), vi.runAllTimersAsync()]);
    return waiting;
  };
  return { run, calls, computer };
}

test('a technology answers once its power is read, whatever it is', async () => {
  const { run, calls, computer } = stage({ ipmi: [silent, 'off'], amt: ['on'] });
  expect(await run({ technology: 'ipmi' })).toEqual({ outcome: 'done', value: { power: 'off', waitedMs: 5000 } });
  expect(calls).toEqual(['ipmi', 'ipmi']);
  expect(computer.seen).toMatchObject({ power: 'off', technology: 'ipmi' });
});

test('every technology can be waited for', () => {
  for (const { name } of technologies) expect(() => waitFor.parameters.parse({ technology: name })).not.toThrow();
});

test('the power is looked at until it is so', async () => {
  const { run, calls } = stage({ ipmi: ['on', silent, 'off'] });
  expect(await run({ power: 'off', every: '10s' })).toEqual({
    outcome: 'done',
    value: { power: 'off', waitedMs: 20_000 },
  });
  expect(calls).toEqual(['ipmi', 'ipmi', 'ipmi']);
});

test('the power is told by whichever technology answers, and by one alone where that is wanted', async () => {
  const either = stage({ amt: [silent], ipmi: ['off', 'on'] });
  expect(await either.run({ power: 'on' })).toMatchObject({ value: { waitedMs: 5000 } });
  expect(either.calls).toEqual(['amt', 'ipmi', 'amt', 'ipmi']);
  const one = stage({ amt: [silent, 'on'], ipmi: ['on'] });
  expect(await one.run({ power: 'on', technology: 'amt' })).toMatchObject({ value: { waitedMs: 5000 } });
  expect(one.calls).toEqual(['amt', 'amt']);
});

test('a refused login is not tried again', async () => {
  const { run, calls } = stage({ ipmi: [rejected] });
  await expect(run({ power: 'on' })).rejects.toBe(rejected);
  expect(calls).toEqual(['ipmi']);
});

test('a port is knocked at on the computer’s own address, with no session: its controller need not answer', async () => {
  const { run, calls } = stage({ ipmi: [silent], port: [new SidebandError('connect.refused', 'nothing'), 'open'] });
  expect(await run({ port: 22 })).toEqual({ outcome: 'done', value: { waitedMs: 5000 } });
  expect(calls).toEqual(['lab-01 22', 'lab-01 22']);
});

test('the console is opened when the controller answers, and watched', async () => {
  const console = new FakeConsole();
  console.say('Welcome\r\nlogin: ');
  const { run, calls } = stage({ amt: [], ipmi: [], consoles: [undefined, console] });
  expect(await run({ console: '/^login:/m' })).toEqual({ outcome: 'done', value: { waitedMs: 5000 } });
  expect(calls).toEqual(['ipmi console', 'ipmi console']);
});

test('a console that ends is opened again; when the time is up the screen is kept', async () => {
  const [first, second] = [new FakeConsole(), new FakeConsole()];
  first.end();
  second.say('GRUB\r\nbooting');
  const { run } = stage({ ipmi: [], consoles: [first, second] });
  await expect(run({ console: 'login:', timeout: '30s' })).rejects.toMatchObject({
    code: 'operation.timeout',
    message: 'waited 30.0 s for "login:" on the console; seen last: "booting"',
    details: { evidence: { screens: [{ name: 'end', text: 'GRUB\nbooting' }] } },
  });
});

test('a computer without a serial console is told so before', async () => {
  await expect(stage({ amt: ['on'] }).run({ console: 'login:' })).rejects.toThrow(
    'Wait For is offered by IPMI; the computer’s profile has: amt',
  );
});

test.each([
  [{}, 'what to wait for is expected: technology, power, port or console'],
  [{ port: 22, power: 'on' }, 'only one of power, port and console is waited for'],
  [{ port: 0 }, 'port'],
  [{ console: '/(/' }, 'is no regular expression'],
  [{ port: 22, timeout: '25h' }, 'a duration such as 90s, 10m or 2h, at most 24h is expected'],
  [{ port: 22, timeout: '0s' }, 'a duration such as'],
  [{ port: 22, every: '100ms' }, 'a duration such as 5s or 1m, at least 1s and at most 1h is expected'],
])('%j is refused', async (parameters, message) => {
  await expect(stage({ ipmi: [] }).run(parameters)).rejects.toThrow(message);
});

test('it lasts as long as it is told to wait', () => {
  const lasts = [{ port: 22 }, { port: 22, timeout: '24h' }].map((given) =>
    waitFor.lasts?.(waitFor.parameters.parse(given)),
  );
  expect(lasts).toEqual([600_000, 86_400_000]);
});
