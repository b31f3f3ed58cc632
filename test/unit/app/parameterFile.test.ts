import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { expect, test } from 'vitest';
import { readParameterFile } from '../../../src/app/parameterFile';
import { defineOperation } from '../../../src/operations/operation';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const parameters = z
  .strictObject({ address: z.ipv4().optional(), url: z.url().optional(), count: z.int().default(1) })
  .refine(({ address, url }) => (address === undefined) !== (url === undefined), { path: ['url'] });
const operation = defineOperation(
  { id: 'x', title: 'X', description: '', danger: 'safe', kind: 'change', repeatable: true, parameters },
  () => [],
);

test('a file may hold a part of the parameters, whatever must go together in the end, and gives no more than it holds', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'with.yaml');
  await writeFile(file, 'address: 192.0.2.1\n');
  await expect(readParameterFile(file, operation)).resolves.toEqual({ address: '192.0.2.1' });
  await writeFile(file, 'adress: 192.0.2.1\n');
  await expect(readParameterFile(file, operation)).rejects.toMatchObject({ code: 'file.invalid' });
});
