import { expect, test } from 'vitest';
import { parseArguments } from '../../../src/cli/arguments';
import { parameterOptions, readParameters } from '../../../src/cli/operationOptions';
import { run } from '../../../src/cli/run';
import { directOperations } from '../../../src/operations';
import { testIo } from '../../fakes/io';

// The texts are what a stranger reads: look at the difference before you update them (`vitest -u`).
test.each([
  ['help', ['help']],
  ['help-do', ['help', 'do']],
  ['help-power-off', ['do', 'power.off', '--help']],
  ['help-boot-override', ['help', 'boot.override']],
  ['help-amt-network', ['help', 'amt.network']],
  ['help-wait-for', ['help', 'wait.for']],
  ['help-power-restore', ['help', 'power.restore']],
  ['help-targets', ['help', 'targets']],
  ['help-exit-codes', ['help', 'exit-codes']],
  ['operations', ['operations']],
  ['nodes', ['nodes']],
  ['completion-bash', ['completion', 'bash']],
  ['completion-zsh', ['completion', 'zsh']],
])('%s', async (name, argv) => {
  const io = testIo();
  expect(await run(argv, io)).toBe(0);
  expect(io.stderr).toBe('');
  await expect(io.stdout).toMatchFileSnapshot(`texts/${name}.txt`);
});

test.each(directOperations.map((operation) => [operation.id, operation] as const))(
  'what the help on %s gives as an example is accepted',
  async (id, operation) => {
    const io = testIo();
    await run(['help', id], io);
    const example = /^ {2}sideband (do .*)$/m.exec(io.stdout.split('Example:')[1] ?? '')?.[1] ?? '';
    const argv = example.split(' ').filter((word) => word !== '--with' && word !== 'FILE');
    const args = parseArguments(argv, parameterOptions(operation));
    expect(args.positionals).toEqual(['do', id, 'lab-01']);
    if (example.includes('--with')) return;
    const { error } = operation.parameters.safeParse(await readParameters(operation, args, '/'));
    expect(error?.issues ?? []).toEqual([]);
  },
);

test.each([
  [['help', 'pwoer.off'], 'no help on "pwoer.off". Did you mean "power.off"?'],
  [['do', 'power.restore', '*'], 'power.restore is a step of a job: it goes on from an earlier step'],
  [['completion', 'fish'], 'bash or zsh is expected.'],
  [['secret', 'lits'], 'set, list, delete is expected. Did you mean "list"?'],
  [['rerun', 'last'], 'rerun needs --failed'],
  [['--nonsense', 'list'], 'no option --nonsense.'],
])('%j is wrong usage', async (argv, message) => {
  const io = testIo();
  expect(await run(argv, io)).toBe(2);
  expect(io.stderr).toContain(`sideband: ${message}`);
  expect(io.stdout).toBe('');
});

test.each([
  [[''], ['check', 'do', 'help', 'list']],
  [
    ['do', 'power.o'],
    ['power.off', 'power.on'],
  ],
  [['do', 'power.off', '--gr'], ['--graceful']],
  [['show', ''], ['computer-system']],
  [['do', 'network.filter', 'lab-01', '--set', ''], ['open-ports']],
  [
    ['do', 'network.filter', '--mode', ''],
    ['block', 'allow-all'],
  ],
  [
    ['completion', ''],
    ['bash', 'zsh'],
  ],
])('after %j the shell completes', async (words, expected) => {
  const io = testIo();
  expect(await run(['__complete', '--', ...words], io)).toBe(0);
  const offered = io.stdout.split('\n');
  for (const word of expected) expect(offered).toContain(word);
});
