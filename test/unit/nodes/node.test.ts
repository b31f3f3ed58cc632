import { expect, test } from 'vitest';
import { defineNode, type Row } from '../../../src/nodes/node';
import { FakeDevice, fakeComputer, fakeSessions, fakeTechnology } from '../../fakes/technology';

const head = { id: 'things', title: 'Things', description: '', path: [], kind: 'audit', columns: ['Thing'] } as const;

function read(rows: readonly Row[]) {
  const technology = fakeTechnology('amt', new Map([['lab-01', new FakeDevice()]]));
  const node = defineNode(head, (from) => [
    from(
      technology,
      () => Promise.resolve(rows),
      () => Promise.resolve('the device has no things'),
    ),
  ]);
  const signal = AbortSignal.timeout(5000);
  return node.sources[0]?.read(fakeSessions(), fakeComputer('lab-01', ['amt']), { signal });
}

test('where there are no rows it is said why there can be none', async () => {
  await expect(read([])).resolves.toEqual({ rows: [], note: 'the device has no things' });
});

test('where there are rows nobody asks why', async () => {
  await expect(read([['a wheel']])).resolves.toEqual({ rows: [['a wheel']] });
});
