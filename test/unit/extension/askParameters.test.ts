import * as z from 'zod';
import { beforeEach, expect, test } from 'vitest';
import { askParameters } from '../../../src/extension/askParameters';
import { builtInDefinitions } from '../../../src/fleet/definitions';
import { amtSettings } from '../../../src/operations/amt/settings';
import { defineOperation } from '../../../src/operations/operation';
import { fake, resetFake } from '../../fakes/vscode';

beforeEach(resetFake);

const ask = (operation: Parameters<typeof askParameters>[0]) => askParameters(operation, builtInDefinitions);

test('of settings only those that are ticked are asked for, and a switch is on or off', async () => {
  fake.picks = ['sol, ping, powerPackage, hostName', 'off', 'on-in-s0', 'on'];
  fake.inputs = ['lab-01'];
  expect(await ask(amtSettings)).toEqual({ sol: false, powerPackage: 'on-in-s0', ping: true, hostName: 'lab-01' });
  expect(fake.asked).toEqual([
    { kind: 'pick', title: 'AMT Settings' },
    { kind: 'pick', title: 'AMT Settings: sol' },
    { kind: 'pick', title: 'AMT Settings: powerPackage' },
    { kind: 'pick', title: 'AMT Settings: ping' },
    { kind: 'input', title: 'AMT Settings: hostName' },
  ]);
});

test('nothing is given when a question is dismissed', async () => {
  fake.picks = ['sol, ping', 'on'];
  expect(await ask(amtSettings)).toBeUndefined();
  fake.picks = [];
  expect(await ask(amtSettings)).toBeUndefined();
});

test('what is required, and choices with a usual answer, come before', async () => {
  const parameters = z.strictObject({
    name: z.string(),
    action: z.enum(['add', 'remove']).default('add'),
    every: z.string().optional(),
    hidden: z.boolean().default(false).meta({ advanced: true }),
  });
  const head = { id: 'x', title: 'X', description: '', danger: 'safe', kind: 'change', repeatable: true } as const;
  const operation = defineOperation({ ...head, parameters, leavesRest: true }, () => []);
  fake.inputs = ['patch', '1d'];
  fake.picks = ['remove', 'every'];
  expect(await ask(operation)).toEqual({ name: 'patch', action: 'remove', every: '1d' });
  expect(fake.asked.map(({ title }) => title)).toEqual(['X: name', 'X: action', 'X', 'X: every']);
});
