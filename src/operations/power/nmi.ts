import * as z from 'zod';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineOperation } from '../operation';
import { powerPulse } from './powerTo';

export const powerNmi = defineOperation(
  {
    id: 'power.nmi',
    title: 'Diagnostic Interrupt',
    description:
      'Sends a running computer a diagnostic interrupt (NMI), which makes most operating systems write a crash dump.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: false,
    changes: 'power',
    parameters: z.strictObject({}),
  },
  (via) => [via(ipmi, powerPulse('nmi'))],
);
