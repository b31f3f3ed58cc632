import * as z from 'zod';
import { expectText } from '../console/expect';
import { durationText } from '../durationText';
import { watched } from './watched';

const hourMs = 3_600_000;

/** What can be waited for. `technology` alone is a goal; beside another one it says by which technology alone. */
const goals = ['power', 'port', 'console'] as const;

export const waitParameters = z
  .strictObject({
    technology: z
      .enum(watched.map(({ name }) => name))
      .optional()
      .describe('Wait until this technology answers; beside another goal: by this technology only'),
    power: z.enum(['on', 'off', 'sleeping']).optional().describe('Wait until the power is in this state'),
    port: z
      .int()
      .min(1)
      .max(65_535)
      .optional()
      .describe('Wait until a TCP port of the computer’s address takes a connection'),
    console: expectText
      .optional()
      .describe('Wait until the serial console shows this text from now on, or what a /regular expression/ matches'),
    timeout: durationText({ leastMs: 1, mostMs: 24 * hourMs, words: '90s, 10m or 2h, at most 24h' })
      .default('10m')
      .describe('How long to wait at most'),
    every: durationText({ leastMs: 1000, mostMs: hourMs, words: '5s or 1m, at least 1s and at most 1h' })
      .default('5s')
      .describe('How long to wait between two looks'),
  })
  .refine((given) => goals.filter((goal) => given[goal] !== undefined).length <= 1, {
    error: 'only one of power, port and console is waited for',
  })
  .refine((given) => given.technology !== undefined || goals.some((goal) => given[goal] !== undefined), {
    error: 'what to wait for is expected: technology, power, port or console',
  });

export type WaitParameters = z.output<typeof waitParameters>;
