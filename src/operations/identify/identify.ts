import * as z from 'zod';
import { requestIdentify } from '../../technologies/ipmi/identify';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineOperation } from '../operation';

const parameters = z.strictObject({
  seconds: z.number().int().min(0).max(255).default(15).describe('For how many seconds; 0 turns it off'),
  forever: z.boolean().default(false).describe('Until it is turned off'),
});

export const identify = defineOperation(
  {
    id: 'identify',
    title: 'Identify',
    description: 'Lights the identification LED of the chassis, so that the computer is found in its rack.',
    danger: 'safe',
    kind: 'change',
    repeatable: true,
    parameters,
  },
  (via) => [
    via(ipmi, {
      async run(client, { seconds, forever }, { signal }) {
        await requestIdentify(client, forever ? 'forever' : seconds, signal);
        return { outcome: 'done', value: { identify: forever ? 'on' : seconds === 0 ? 'off' : `${seconds} s` } };
      },
    }),
  ],
);
