import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileJob } from '../../../src/jobs/file/compileJob';
import { builtInDefinitions } from '../../../src/fleet/definitions';

const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');

test('the job that the README shows holds', () => {
  const [, text = ''] = /```yaml\n(# \.sideband\/jobs\/patch\.yaml\n[^]*?)```/.exec(readme) ?? [];
  const { compiled, problems } = compileJob('patch.yaml', new Map([['patch.yaml', text]]), {
    definitions: builtInDefinitions,
  });
  expect(problems).toEqual([]);
  expect(compiled?.program.steps.map(({ operation }) => operation.id)).toEqual([
    'power.on',
    'wait.for',
    'boot.override',
    'inventory.read',
    'power.restore',
  ]);
});
