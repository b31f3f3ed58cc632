import * as z from 'zod';
import type { Computer } from '../../../../src/fleet/computer';
import { Fleet } from '../../../../src/fleet/fleet';
import type { Engine } from '../../../../src/jobs/engine';
import type { Expression } from '../../../../src/jobs/file/expression';
import type { InputValues, Job } from '../../../../src/jobs/file/job';
import { planJob } from '../../../../src/jobs/planning/planJob';
import type { JobPlan } from '../../../../src/jobs/planning/jobPlan';
import type { Block, Call, CompiledJob, ProgramStep } from '../../../../src/jobs/program/program';
import { defineOperation, type Operation } from '../../../../src/operations/operation';
import { powerTo } from '../../../../src/operations/power/powerTo';
import { testLedger } from '../../../fakes/ledger';
import { type FakeDevice, fakeSessions, fakeTechnology } from '../../../fakes/technology';

/** By host. */
export const devices = new Map<string, FakeDevice>();
const ipmi = fakeTechnology('ipmi', devices);
const amt = fakeTechnology('amt', devices);

const waiting = z.strictObject({ timeoutMs: z.number().default(1000) });
const change = { description: '', danger: 'disruptive', kind: 'change', repeatable: true } as const;
const head = { ...change, changes: 'power' } as const;

export const powerOn = defineOperation(
  { ...head, id: 'power.on', title: 'Power On', parameters: waiting, then: () => 'on' },
  (via) => [via(amt, powerTo('on', 'on')), via(ipmi, powerTo('on', 'on'))],
);
export const powerOff = defineOperation(
  { ...head, id: 'power.off', title: 'Power Off', parameters: waiting, then: () => 'off' },
  (via) => [via(amt, powerTo('off', 'off')), via(ipmi, powerTo('off', 'off'))],
);
export const powerRestore = defineOperation(
  {
    ...head,
    id: 'power.restore',
    title: 'Restore Power',
    parameters: z.strictObject({ from: z.string(), timeoutMs: z.number().default(1000) }),
    followUp: { step: ({ from }) => from, resolve: () => ({ nothing: 'not in a plan' }) },
  },
  (via) => [via(amt, powerTo('off', 'off')), via(ipmi, powerTo('off', 'off'))],
);

const boot = z.strictObject({ device: z.enum(['pxe', 'disk']), wipe: z.boolean().default(false) });
/** Why a host cannot boot over the network, as it says so itself. */
export const lacksOfBoot = new Map<string, string>();

export const bootOverride = defineOperation(
  {
    ...change,
    id: 'boot.override',
    title: 'Boot Override',
    danger: 'destructive',
    parameters: boot,
    then: ({ device }) => device,
    warnings: ({ wipe }) => (wipe ? ['The disk is wiped.'] : []),
  },
  (via) => [
    via(amt, {
      cannot: ({ device }) => (device === 'disk' ? 'AMT boots no disk' : undefined),
      lacks: (_, __, { computer }) => Promise.resolve(lacksOfBoot.get(computer.host)),
      now: () => Promise.resolve('disk'),
      run: () => Promise.resolve({ outcome: 'done' }),
    }),
  ],
);
export const powerStatus = defineOperation(
  {
    id: 'power.status',
    title: 'Power Status',
    description: '',
    danger: 'safe',
    kind: 'read',
    repeatable: true,
    parameters: z.strictObject({}),
  },
  (via) => [
    via(amt, { run: () => Promise.resolve({ outcome: 'done' }) }),
    via(ipmi, { run: () => Promise.resolve({ outcome: 'done' }) }),
  ],
);

export const engine: Engine = {
  sessions: fakeSessions(),
  ledger: testLedger(),
  fleet: Fleet.empty,
  policy: undefined,
  folder: '',
};

interface StepOptions {
  readonly with?: Readonly<Record<string, unknown>>;
  readonly condition?: Expression;
  readonly continueOnError?: boolean;
}

/** An item of a job before it has its place. */
export type Draft =
  | (StepOptions & { readonly id: string; readonly operation: Operation })
  | (StepOptions & {
      readonly id: string;
      readonly steps: readonly Draft[];
      readonly inputs?: Readonly<Record<string, unknown>>;
    });

export function step(id: string, operation: Operation, options: StepOptions = {}): Draft {
  return { id, operation, ...options };
}

/** A job as the compiler makes it. */
export function compiled(
  steps: readonly Draft[],
  {
    last = [],
    inputs = {},
    ...job
  }: Partial<Omit<Job, 'steps' | 'finally' | 'inputs'>> & {
    readonly last?: readonly Draft[];
    readonly inputs?: InputValues;
  } = {},
): CompiledJob {
  const all: ProgramStep[] = [];
  const root = toBlock(steps, last, { prefix: '', inputs: {} });
  return {
    job: {
      name: 'Patch window',
      targets: '*',
      inputs: [],
      strategy: { waves: [], pauseMs: 0, spreadMs: 0 },
      windows: [],
      steps: [],
      finally: [],
      ...job,
    },
    program: { steps: all, root },
    source: { file: 'jobs/patch.yaml', texts: { 'jobs/patch.yaml': 'name: Patch window' }, inputs },
  };

  function toBlock(own: readonly Draft[], ending: readonly Draft[], scope: ProgramStep['scope']): Block {
    const place = (role: ProgramStep['role']) => (draft: Draft) => toItem(draft, role, scope);
    return { steps: own.map(place('step')), finally: ending.map(place('finally')) };
  }

  function toItem(draft: Draft, role: ProgramStep['role'], scope: ProgramStep['scope']): ProgramStep | Call {
    const { condition, continueOnError = false } = draft;
    const id = scope.prefix + draft.id;
    const common = { id, role, continueOnError, scope, ...(condition && { condition }) };
    if (!('operation' in draft)) {
      const inner = { prefix: `${id}/`, inputs: draft.inputs ?? {}, caller: scope };
      return { ...common, block: toBlock(draft.steps, [], inner) };
    }
    const { operation, with: given = {} } = draft;
    const placed = {
      ...common,
      index: all.length,
      title: operation.title,
      operation,
      with: given,
      retries: 0,
      retryDelayMs: 0,
    };
    all.push(placed);
    return placed;
  }
}

export function planFor(job: CompiledJob, computers: readonly Computer[], technology?: string): JobPlan {
  return planJob(job, { computers, targets: '*', technology }, engine);
}

export const path = (...parts: readonly string[]): Expression => ({ kind: 'path', path: parts });

export const equals = (left: Expression, value: string): Expression => ({
  kind: 'binary',
  operator: '==',
  left,
  right: { kind: 'literal', value },
});
