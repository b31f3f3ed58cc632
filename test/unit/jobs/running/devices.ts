import * as z from 'zod';
import { SidebandError } from '../../../../src/base/errors';
import { sleep } from '../../../../src/base/sleep';
import { Computer } from '../../../../src/fleet/computer';
import type { Operation, StepResult, Way, WayRequest } from '../../../../src/operations/operation';

/** What a device does when a step asks something of it. */
export const behaviours = [
  'done',
  'unverified',
  /** Says no before anything is changed. */
  'refuses',
  /** Says no to the change itself. */
  'refuses late',
  /** Does it, and its answer is lost. */
  'answer lost',
  /** The question is lost on the way, which nobody can tell from a lost answer. */
  'question lost',
  'slow',
  'never answers',
  /** Does it, and then nothing more is heard, until the time is up. */
  'hangs',
  'impossible',
] as const;
export type Behaviour = (typeof behaviours)[number];

/** What was seen at the devices and the ledger, in order. */
export type Sight =
  | {
      /** `told`: a change was sent to it, whether it arrived or not. */
      readonly kind: 'asked' | 'told' | 'acted';
      readonly computer: string;
      readonly step: string;
      readonly at: number;
      readonly life: number;
    }
  | { readonly kind: 'closed'; readonly computer: string; readonly outcome: string; readonly at: number }
  | { readonly kind: 'stop' | 'windDown' | 'died' };

/** All devices of a test, which outlive the processes that manage them. */
export class Devices {
  readonly sights: Sight[] = [];
  /** By computer and step, attempt after attempt; the last one stays. */
  readonly scripts = new Map<string, readonly Behaviour[]>();
  readonly power = new Map<string, string>();
  /** Of the process that is alive. */
  life = 1;
  readonly #asked = new Map<string, number>();

  count(kind: 'asked' | 'told' | 'acted', computer: string, step: string): number {
    return this.sights.filter((one) => one.kind === kind && one.computer === computer && one.step === step).length;
  }

  /** An operation of which each step of a job is its own: `step` names it to the device. */
  operation(kind: 'cycle' | 'set' | 'read'): Operation {
    const way: Way = {
      technology: 'ipmi',
      technologyTitle: 'IPMI',
      serves: () => true,
      run: (request, given, beforeAct) => {
        const { step } = given as { readonly step: string };
        const behaviour = this.#ask(request.computer.name, step);
        return this.#alive(run(kind, behaviour, { devices: this, request, step, beforeAct: this.#guarded(beforeAct) }));
      },
    };
    return {
      id: `test.${kind}`,
      title: kind,
      description: '',
      danger: kind === 'read' ? 'safe' : 'disruptive',
      kind: kind === 'read' ? 'read' : 'change',
      repeatable: kind !== 'cycle',
      parameters: z.strictObject({ step: z.string() }),
      ways: [way],
    };
  }

  note(kind: 'asked' | 'told' | 'acted', computer: string, step: string): void {
    this.sights.push({ kind, computer, step, at: Date.now(), life: this.life });
  }

  #ask(computer: string, step: string): Behaviour {
    this.note('asked', computer, step);
    const key = `${computer} ${step}`;
    const script = this.scripts.get(key) ?? this.scripts.get(step) ?? ['done'];
    const before = this.#asked.get(key) ?? 0;
    this.#asked.set(key, before + 1);
    return script[Math.min(before, script.length - 1)] ?? 'done';
  }

  /** What a dead process began comes to nothing in it. */
  async #alive<T>(work: Promise<T>): Promise<T> {
    const { life } = this;
    try {
      return await work;
    } finally {
      if (life !== this.life) await new Promise<never>(() => undefined);
    }
  }

  #guarded(beforeAct: Intend): Intend {
    return (before) => this.#alive(beforeAct(before));
  }
}

interface Doing {
  readonly devices: Devices;
  readonly request: WayRequest;
  readonly step: string;
  readonly beforeAct: Intend;
}

type Intend = (before?: string) => Promise<void>;

const lost = (): SidebandError => new SidebandError('connect.lost', 'it stopped answering', { effect: 'unknown' });
const busy = (): SidebandError => new SidebandError('device.busy', 'try again');

async function run(kind: 'cycle' | 'set' | 'read', behaviour: Behaviour, doing: Doing): Promise<StepResult> {
  const { devices, request, step, beforeAct } = doing;
  const { computer, signal } = request;
  await sleep(10, signal);
  if (behaviour === 'impossible') throw new SidebandError('operation.impossible', 'it has no such thing');
  if (behaviour === 'refuses') throw busy();
  if (behaviour === 'slow') await sleep(5000, signal);
  if (behaviour === 'never answers') await sleep(10_000_000, signal);
  if (kind === 'read') {
    if (behaviour !== 'done' && behaviour !== 'unverified' && behaviour !== 'slow') throw busy();
    return { outcome: 'done', value: { power: devices.power.get(computer.name) ?? 'off' } };
  }
  const key = `${computer.name} ${step}`;
  const before = devices.power.get(key) ?? 'off';
  if (kind === 'set' && before === 'on') return { outcome: 'already' };
  await beforeAct(before);
  if (behaviour === 'refuses late') throw busy();
  devices.note('told', computer.name, step);
  if (behaviour === 'question lost') throw lost();
  devices.note('acted', computer.name, step);
  devices.power.set(key, 'on');
  await sleep(behaviour === 'hangs' ? 10_000_000 : 10, signal);
  if (behaviour === 'answer lost') throw lost();
  return { outcome: behaviour === 'unverified' ? 'unverified' : 'done' };
}

export function deviceComputer(name: string, site = ''): Computer {
  const accesses = [{ technology: 'ipmi' as const, host: name, options: {} }];
  return new Computer({ name, host: name, tags: site === '' ? {} : { site }, profile: 'lab', accesses });
}
