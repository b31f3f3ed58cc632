import { expect, test } from 'vitest';
import { LeavableLedger } from '../../../../src/extension/jobs/leavableLedger';
import type { Outcome } from '../../../../src/jobs/result';
import { memoryLedger } from '../../../fakes/ledger';

const header = {
  subject: '.sideband/jobs/patch.yaml',
  title: 'Patch',
  danger: 'disruptive',
  parameters: {},
  targets: '*',
  folder: '/fleet',
  planHash: '',
  computers: ['a', 'b'],
} as const;

const never = new AbortController().signal;

async function stage() {
  const memory = memoryLedger();
  const ledger = new LeavableLedger(memory);
  const writer = await ledger.begin(header);
  const intend = (computer: string, step: number) => writer.intend({ computer, technology: 'ipmi', step });
  const close = (computer: string, step: number, outcome: Outcome = 'done') =>
    writer.closeStep({ step, attempts: 1, result: { computer, ok: true, outcome, durationMs: 0 } });
  return { memory, ledger, writer, intend, close };
}

const left = { code: 'ledger.unavailable' };

test('until it is left it writes as the ledger does', async () => {
  const { memory, writer, intend, close } = await stage();
  await intend('a', 0);
  await close('a', 0);
  await writer.close({ computer: 'a', ok: true, outcome: 'done', durationMs: 0 });
  await writer.end('finished');
  expect(memory.lines).toEqual([
    'begin .sideband/jobs/patch.yaml',
    'intend a ipmi step 0',
    'close a step 0 done',
    'close a done',
    'end finished',
  ]);
});

test('what is in flight is recorded, and nothing else: neither a beginning nor an end', async () => {
  const { memory, ledger, writer, intend, close } = await stage();
  await intend('a', 0);
  const leaving = ledger.leave(never).then(() => memory.lines.at(-1));
  await expect(intend('b', 0)).rejects.toMatchObject(left);
  await expect(close('b', 0)).rejects.toMatchObject(left);
  await close('a', 0);
  await expect(leaving).resolves.toBe('close a step 0 done');
  await expect(intend('a', 1)).rejects.toMatchObject(left);
  await writer.close({ computer: 'a', ok: false, outcome: 'failed', durationMs: 0 });
  await writer.end('cancelled');
  expect(memory.lines).toEqual(['begin .sideband/jobs/patch.yaml', 'intend a ipmi step 0', 'close a step 0 done']);
});

test('with nothing in flight it is left at once; a step that has failed is not in flight any more', async () => {
  const { ledger, intend, close } = await stage();
  await intend('a', 0);
  await close('a', 0, 'failed');
  await ledger.leave(never);
  await expect(close('a', 0)).rejects.toMatchObject(left);
});

test('what takes too long stays an intent without an outcome', async () => {
  const { memory, ledger, intend, close } = await stage();
  await intend('a', 0);
  const time = new AbortController();
  const leaving = ledger.leave(time.signal);
  time.abort();
  await leaving;
  await expect(close('a', 0, 'unknown')).rejects.toMatchObject(left);
  expect(memory.lines.at(-1)).toBe('intend a ipmi step 0');
});

test('an intent that could not be written is not waited for', async () => {
  const { memory, ledger, intend } = await stage();
  memory.fill();
  await expect(intend('a', 0)).rejects.toMatchObject({ message: 'the disk is full' });
  await ledger.leave(never);
});

test('a run that is resumed can be left as well, and resumed again', async () => {
  const { memory, ledger, intend } = await stage();
  await intend('a', 0);
  memory.die();
  const resumed = await ledger.resume('run-1');
  await ledger.leave(never);
  await resumed.end('finished');
  memory.die();
  expect((await memory.run('run-1'))?.state).toBe('interrupted');
});
