import * as z from 'zod';
import { expect, test } from 'vitest';
import type { Asks } from '../../../src/base/frontend';
import { silentLog } from '../../../src/base/log';
import { Fleet } from '../../../src/fleet/fleet';
import { planOperation, readPlan } from '../../../src/jobs/plan';
import { runPlan } from '../../../src/jobs/run';
import { showNode } from '../../../src/jobs/show';
import { defineNode } from '../../../src/nodes/node';
import { defineOperation } from '../../../src/operations/operation';
import type { Technology } from '../../../src/technologies/technology';
import { testFrontend } from '../../fakes/frontend';
import { testLedger } from '../../fakes/ledger';
import { FakeDevice, fakeComputer, fakeSessions, fakeTechnology } from '../../fakes/technology';

const signal = new AbortController().signal;
const asks: Asks = { trust: ({ computer }) => Promise.resolve(computer === 'lab-01') };
const question = { computer: 'lab-01', host: '', port: 1, fingerprint: '', subject: '', issuer: '', validTo: '' };

/** What the technology is told when a session is opened, and what a way is told, come out of `heard`. */
function setUp() {
  const heard: string[] = [];
  const hear = async (who: string, given: Asks | undefined): Promise<void> => {
    const answer = await given?.trust?.(question, signal);
    heard.push(`${who}: ${answer === undefined ? 'nobody is there' : answer ? 'yes' : 'no'}`);
  };
  const plain = fakeTechnology('amt', new Map([['lab-01', new FakeDevice()]]));
  const amt: typeof plain & Technology = {
    ...plain,
    open: async (endpoint, surroundings, stop) => {
      await hear('session', endpoint.asks);
      return plain.open(endpoint, surroundings, stop);
    },
  };
  const operation = defineOperation(
    {
      id: 'power.on',
      title: 'Power On',
      description: '',
      danger: 'safe',
      kind: 'change',
      repeatable: true,
      parameters: z.strictObject({}),
    },
    (via) => [
      via(amt, {
        now: async (_, context) => {
          await hear('now', context.asks);
          return 'off';
        },
        run: async (_client, _parameters, context) => {
          await hear('run', context.asks);
          return { outcome: 'done' };
        },
      }),
    ],
  );
  const head = { id: 'n', title: 'N', description: '', path: [], kind: 'audit', columns: ['A'] } as const;
  const node = defineNode(head, (from) => [from(amt, () => Promise.resolve([[1]]))]);
  const computers = [fakeComputer('lab-01', ['amt'])];
  const engine = {
    sessions: fakeSessions(),
    ledger: testLedger(),
    fleet: Fleet.empty,
    policy: undefined,
    folder: 'here',
  };
  const plan = planOperation({ operation, computers, parameters: {}, targets: '*' }, engine);
  return { heard, engine, plan, node, computers };
}

test('a run hands what may be asked to the session and to the way', async () => {
  const { heard, engine, plan } = setUp();
  await runPlan(plan, engine, { ...testFrontend(), asks }, {}, signal);
  expect(heard).toEqual(['session: yes', 'run: yes']);
});

test('so does a plan that is read', async () => {
  const { heard, engine, plan } = setUp();
  await readPlan(plan, engine, { log: silentLog, asks }, signal);
  expect(heard).toEqual(['session: yes', 'now: yes']);
});

test('so does a node', async () => {
  const { heard, engine, node, computers } = setUp();
  await showNode(node, computers, engine, { log: silentLog, asks }, signal);
  expect(heard).toEqual(['session: yes']);
});

test('without a person there is nothing to ask', async () => {
  const { heard, engine, plan, node, computers } = setUp();
  await runPlan(plan, engine, testFrontend(), {}, signal);
  await showNode(node, computers, engine, { log: silentLog }, signal);
  expect(heard).toEqual(['session: nobody is there', 'run: nobody is there', 'session: nobody is there']);
});
