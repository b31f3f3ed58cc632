import * as z from 'zod';
import { hours, timeZone } from '../hoursSchema';
import { duration, failFast, wave, word } from './jobFields';

/** Of one job, and of all the jobs that it calls together. */
export const mostSteps = 200;
const mostRetries = 10;

const input = z.strictObject({
  type: z.enum(['string', 'number', 'boolean', 'choice']).default('string').describe('What kind of value it is'),
  description: z.string().min(1).optional().describe('What it is for; shown where it is asked for'),
  default: z
    .union([z.string(), z.number(), z.boolean()])
    .optional()
    .describe('Its value when none is given; left out: it must be given'),
  options: z.array(z.string()).min(1).max(1000).optional().describe('What can be chosen, for `type: choice`'),
});

const strategy = z.strictObject({
  concurrency: z.int().min(1).optional().describe('Computers under way at once; left out: as in fleet.yaml'),
  perSite: z.int().min(1).optional().describe('The same in one site'),
  waves: z
    .array(wave)
    .min(1)
    .max(100)
    .optional()
    .describe('How many computers have begun after each wave, such as [1, 10%, 100%]; left out: all at once'),
  pause: duration.optional().describe('How long to wait between two waves, such as 5m'),
  failFast: failFast
    .optional()
    .describe(
      'How many computers may fail before no other begins: a number, a share such as 20%, true for none, or false for all',
    ),
  spread: duration.optional().describe('Spreads the beginnings evenly over so long, such as 30m'),
});

const step = z.strictObject({
  id: word.optional().describe('By what other steps name it'),
  name: z.string().min(1).max(200).optional().describe('What it is, in a few words'),
  uses: z.string().min(1).describe('The operation that it does, or `run.job` for another job'),
  with: z.record(z.string(), z.unknown()).optional().describe('The parameters; texts may hold ${{ inputs.name }}'),
  if: z
    .union([z.string().min(1), z.boolean()])
    .optional()
    .describe("When it is done, such as steps.state.outputs.power == 'on'; left out: when all before it succeeded"),
  retries: z
    .int()
    .min(0)
    .max(mostRetries)
    .default(0)
    .describe('How often it is tried again; never what may have happened and cannot be repeated'),
  retryDelay: duration.optional().describe('How long to wait before it is tried again; left out: 10s'),
  timeout: duration
    .refine((ms) => ms > 0, 'a duration above 0 is expected')
    .optional()
    .describe('How long one attempt may take; left out: as the operation needs'),
  continueOnError: z
    .boolean()
    .default(false)
    .describe('Whether the job goes on, and counts as succeeded, when it fails'),
});

/** The whole of a file in `.sideband/jobs`. What is in `with` is looked at by the operation itself. */
export const jobFileSchema = z.strictObject({
  name: z.string().min(1).max(200).describe('What the job is, in a few words'),
  description: z.string().min(1).optional().describe('What it does, and what to know before it is run'),
  targets: z.string().min(1).describe('The computers, such as @build !lab-07; may hold ${{ inputs.name }}'),
  inputs: z.record(word, input).default({}).describe('What is asked for before it is run'),
  strategy: strategy.prefault({}).describe('How it goes through the computers'),
  schedule: z
    .union([
      z.string(),
      z.strictObject({
        cron: z.string().describe('Minute, hour, day, month and day of the week, such as 0 2 * * 6'),
        timezone: timeZone.optional().describe('The time zone of the times'),
        missed: z
          .enum(['skip', 'once'])
          .default('skip')
          .describe('What becomes of times at which nobody was there to run it'),
      }),
    ])
    .optional()
    .describe('When it runs by itself, such as 0 2 * * 6'),
  timezone: timeZone
    .optional()
    .describe('The time zone of `schedule` and `windows`; left out: that of the process that runs it'),
  windows: z
    .array(hours.extend({ timezone: hours.shape.timezone.optional() }))
    .min(1)
    .max(100)
    .optional()
    .describe('When a run may begin, and begin a wave; left out: at any time'),
  steps: z.array(step).min(1).max(mostSteps).describe('What is done on each computer, one after the other'),
  finally: z.array(step).max(mostSteps).default([]).describe('What is done in any case after the steps'),
});

export type JobFile = z.output<typeof jobFileSchema>;
export type StepOfFile = JobFile['steps'][number];
export type InputOfFile = JobFile['inputs'][string];
