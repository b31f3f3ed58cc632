import { SidebandError, toSidebandError } from '../../base/errors';
import { pollUntil } from '../../base/pollUntil';
import type { PowerAction, PowerClient, PowerReading } from '../../technologies/power';
import type { StepResult, WayContext, WaySteps } from '../operation';

const pollEveryMs = 1000;

type Goal = 'on' | 'off' | 'sleeping' | 'hibernating';
export type Reader = Pick<PowerClient, 'readPower'>;

interface Waiting {
  readonly timeoutMs: number;
}

/** Brings the power to a state: reads it, asks when it differs, and reads until it is so. */
export function powerTo<Action extends PowerAction>(
  goal: Goal,
  action: Action,
): WaySteps<PowerClient<Action>, Waiting> {
  return {
    now: powerNow,
    intends: 'itself',
    async run(client, { timeoutMs }, context) {
      const reading = await readPower(client, context);
      if (describePower(reading) === goal) return { outcome: 'already', value: { power: describePower(reading) } };
      assertOffered(action, reading, context);
      await context.intend(describePower(reading));
      await client.requestPower(action, context.signal);
      return verify(client, goal, timeoutMs, context);
    },
  };
}

type Pulse = 'cycle' | 'reset' | 'reset-graceful' | 'nmi';

/** Restarts a running computer, or interrupts it. Never asked twice. */
export function powerPulse<Action extends Pulse>(action: Action): WaySteps<PowerClient<Action>, unknown> {
  return {
    now: powerNow,
    intends: 'itself',
    async run(client, _, context) {
      const reading = await readPower(client, context);
      if (reading.state === 'off') throw notOffered(action, reading, context);
      assertOffered(action, reading, context);
      await context.intend(describePower(reading));
      const { confirmed } = await client.requestPower(action, context.signal);
      if (confirmed) return { outcome: 'done' };
      return { outcome: 'unverified', note: 'The controller answered, but its answer was lost on the way.' };
    },
  };
}

export async function readPower(
  client: Reader,
  context: Pick<WayContext, 'computer' | 'technology' | 'signal'>,
): Promise<PowerReading> {
  const reading = await client.readPower(context.signal);
  context.computer.see({ power: reading.state, at: Date.now(), technology: context.technology });
  return reading;
}

async function powerNow(client: Reader, context: WayContext): Promise<string> {
  return describePower(await readPower(client, context));
}

/** `hibernating` apart from `sleeping`. */
export function describePower({ state, sleep }: PowerReading): string {
  return sleep === 'hibernate' ? 'hibernating' : state;
}

/** Throws `device.state` for what the device does not take in its present state. */
export function assertOffered(action: PowerAction, reading: PowerReading, context: WayContext): void {
  if (reading.offered?.includes(action) === false) throw notOffered(action, reading, context);
}

function notOffered(action: PowerAction, reading: PowerReading, { computer }: WayContext): SidebandError {
  const { offered, advice } = reading;
  const message = `${computer.name} is ${describePower(reading)}`;
  if (!offered) return new SidebandError('device.state', message);
  const hint = [`It takes now: ${offered.join(', ') || 'nothing'}.`, ...(advice === undefined ? [] : [advice])].join(
    ' ',
  );
  return new SidebandError('device.state', `${message}, so it takes no ${action}`, { hint });
}

/** The request was accepted, so whatever goes wrong from here leaves the outcome unverified, not failed. */
async function verify(client: Reader, goal: Goal, timeoutMs: number, context: WayContext): Promise<StepResult> {
  const options = { everyMs: pollEveryMs, timeoutMs, signal: context.signal };
  try {
    const read = (): Promise<PowerReading> => readPower(client, context);
    const { value, accepted } = await pollUntil(read, (reading) => describePower(reading) === goal, options);
    if (accepted) return { outcome: 'done', value: { power: describePower(value) } };
    const note = `Accepted, but the power is still ${describePower(value)} after ${timeoutMs / 1000} s.`;
    return { outcome: 'unverified', value: { power: describePower(value) }, note };
  } catch (thrown) {
    return { outcome: 'unverified', note: `Accepted, but not verified: ${toSidebandError(thrown).message}.` };
  }
}
