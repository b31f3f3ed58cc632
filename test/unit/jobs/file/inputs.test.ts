import { expect, test } from 'vitest';
import type { SidebandError } from '../../../../src/base/errors';
import { bindInputs } from '../../../../src/jobs/file/inputs';
import type { Job } from '../../../../src/jobs/file/job';
import { parseJob } from '../../../../src/jobs/file/parseJob';

const { job } = parseJob(
  `name: Patch
targets: '*'
inputs:
  image: { type: choice, options: [pxe, cd, disk], default: pxe }
  count: { type: number, description: How many }
  dry: { type: boolean, default: false }
  note: {}
steps:
  - uses: power.status
`,
  'job.yaml',
) as { job: Job };

test('texts are read by their types, and defaults filled in', () => {
  expect(bindInputs(job, { count: '12', note: 'x', dry: 'true' })).toEqual({
    image: 'pxe',
    count: 12,
    dry: true,
    note: 'x',
  });
});

test('values keep their types, and become text where text is asked for', () => {
  expect(bindInputs(job, { count: -1.5, note: 12, dry: false, image: 'cd' })).toEqual({
    image: 'cd',
    count: -1.5,
    dry: false,
    note: '12',
  });
});

test.each<[given: Readonly<Record<string, unknown>>, message: string]>([
  [{ note: 'x' }, 'Patch: input count: it must be given'],
  [{}, 'Patch: input count: it must be given; input note: it must be given'],
  [{ count: 1, note: 'x', imge: 'cd' }, 'Patch: no input is called "imge". Did you mean "image"?'],
  [{ count: 1, note: 'x', zzzzzzzz: 1 }, 'Patch: no input is called "zzzzzzzz". There are: image, count, dry, note.'],
  [{ count: 'many', note: 'x' }, 'Patch: input count: a number is expected'],
  [{ count: '', note: 'x' }, 'Patch: input count: a number is expected'],
  [{ count: '0x10', note: 'x' }, 'Patch: input count: a number is expected'],
  [{ count: 1, note: 'x', dry: 'yes' }, 'Patch: input dry: true or false is expected'],
  [{ count: 1, note: 'x', image: 'dsk' }, 'Patch: input image: one of pxe, cd, disk is expected. Did you mean "disk"?'],
  [{ count: 1, note: { a: 1 } }, 'Patch: input note: text of at most 10000 characters is expected'],
  [{ count: 1, note: 'x'.repeat(10_001) }, 'Patch: input note: text of at most 10000 characters is expected'],
])('%#', (given, message) => {
  expect.assertions(1);
  try {
    bindInputs(job, given);
  } catch (thrown) {
    const { code, message: told, hint } = thrown as SidebandError;
    expect([code, told, hint]).toEqual([
      'usage.invalid',
      message,
      'Its inputs are: image; count: How many; dry; note.',
    ]);
  }
});

test('an input is not one of every object’s own', () => {
  expect(() => bindInputs({ ...job, inputs: [] }, { constructor: 'x' })).toThrow(
    'Patch: no input is called "constructor". It takes none.',
  );
  const inputs = [{ name: 'constructor', type: 'string' as const, options: [] }];
  expect(() => bindInputs({ ...job, inputs }, {})).toThrow('Patch: input constructor: it must be given');
});
