import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SidebandError } from '../../../../src/base/errors';
import { LedgerFile } from '../../../../src/jobs/ledger/ledgerFile';
import type { Transaction } from '../../../../src/jobs/ledger/transaction';
import { WriteQueue } from '../../../../src/jobs/ledger/writeQueue';
import { temporaryFolder } from '../../../fakes/temporaryFolder';

let folder: ReturnType<typeof temporaryFolder>;
let file: LedgerFile;
let queue: WriteQueue;
beforeEach(() => {
  folder = temporaryFolder();
  file = new LedgerFile(join(folder.path, 'ledger.sqlite'));
  queue = new WriteQueue(file);
});
afterEach(() => {
  queue.dispose();
  file.close();
  folder[Symbol.dispose]();
});

const keep = (hash: string) => (transaction: Transaction) => {
  transaction.run('INSERT INTO plans (hash, plan) VALUES (?, ?)', hash, '{}');
  return hash;
};
const kept = (): Promise<readonly unknown[]> =>
  file.read([], (connection) =>
    connection
      .statement('SELECT hash FROM plans ORDER BY number')
      .all()
      .map(({ hash }) => hash),
  );

test('what is written at the same time is one transaction, and each caller gets its own answer', async () => {
  const seen: Transaction[] = [];
  const answers = await Promise.all(
    ['a', 'b', 'c'].map((hash) =>
      queue.write((transaction) => {
        seen.push(transaction);
        return keep(hash)(transaction);
      }),
    ),
  );
  expect(answers).toEqual(['a', 'b', 'c']);
  expect(new Set(seen).size).toBe(1);
  expect(await kept()).toEqual(['a', 'b', 'c']);
});

test('a write that refuses fails alone', async () => {
  const settled = await Promise.allSettled([
    queue.write(keep('a')),
    queue.write(() => {
      throw new SidebandError('run.busy', 'it goes on');
    }),
    queue.write(keep('b')),
  ]);
  expect(settled).toMatchObject([
    { status: 'fulfilled', value: 'a' },
    { status: 'rejected', reason: { code: 'run.busy' } },
    { status: 'fulfilled', value: 'b' },
  ]);
  expect(await kept()).toEqual(['a', 'b']);
});

test('a write that SQLite refuses undoes the whole turn, and the next one is written', async () => {
  await queue.write(keep('a'));
  const settled = await Promise.allSettled([queue.write(keep('b')), queue.write(keep('a')), queue.write(keep('c'))]);
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(settled[0]).toMatchObject({ reason: { code: 'ledger.unavailable' } });
  expect(await kept()).toEqual(['a']);
  await queue.write(keep('d'));
  expect(await kept()).toEqual(['a', 'd']);
});

test('what waits when it is closed is rejected, and nothing opens the file again', async () => {
  const waiting = queue.write(keep('a'));
  queue.dispose();
  file.close();
  await expect(waiting).rejects.toMatchObject({ code: 'ledger.unavailable' });
  await expect(queue.write(keep('b'))).rejects.toMatchObject({ code: 'ledger.unavailable' });
});
