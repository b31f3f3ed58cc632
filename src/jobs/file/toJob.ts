import { zoneOf } from '../schedule/cron';
import { toInput } from './inputRules';
import type { Job, Schedule, Step, Strategy } from './job';
import type { JobFile, StepOfFile } from './jobFileSchema';
import { runJobTitle } from './runJob';
import { parseCondition } from './template';
import { operationOf } from './uses';

const usualRetryDelayMs = 10_000;

/** A file without mistakes as the rest of the program takes it. */
export function toJob(given: JobFile): Job {
  const { name, description, targets, inputs, windows = [], timezone } = given;
  const schedule = toSchedule(given);
  return {
    name,
    ...(description !== undefined && { description }),
    targets,
    inputs: Object.entries(inputs).map(([key, input]) => toInput(key, input)),
    strategy: toStrategy(given.strategy),
    ...(schedule && { schedule }),
    windows: windows.map((hours) => ({ ...hours, timezone: hours.timezone ?? timezone ?? zoneOf({}) })),
    steps: given.steps.map((step, index) => toStep(step, `step-${index + 1}`)),
    finally: given.finally.map((step, index) => toStep(step, `finally-${index + 1}`)),
  };
}

function toStrategy({
  concurrency,
  perSite,
  waves = [],
  pause = 0,
  failFast,
  spread = 0,
}: JobFile['strategy']): Strategy {
  return {
    ...(concurrency !== undefined && { concurrency }),
    ...(perSite !== undefined && { perSite }),
    waves,
    pauseMs: pause,
    ...(failFast && { failFast }),
    spreadMs: spread,
  };
}

function toSchedule({ schedule, timezone: general }: JobFile): Schedule | undefined {
  if (schedule === undefined) return undefined;
  const {
    cron,
    timezone = general,
    missed,
  } = typeof schedule === 'string' ? { cron: schedule, missed: 'skip' as const } : schedule;
  return { cron, ...(timezone !== undefined && { timezone }), missed };
}

function toStep(step: StepOfFile, madeUp: string): Step {
  const { id = madeUp, uses, retries, retryDelay = usualRetryDelayMs, timeout, continueOnError } = step;
  return {
    id,
    title: step.name ?? operationOf(step)?.title ?? runJobTitle,
    uses,
    with: step.with ?? {},
    ...(step.if !== undefined && { condition: parseCondition(String(step.if)).expression }),
    retries,
    retryDelayMs: retryDelay,
    ...(timeout !== undefined && { timeoutMs: timeout }),
    continueOnError,
  };
}
