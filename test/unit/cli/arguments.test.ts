import { expect, test } from 'vitest';
import { findCommand, parseArguments } from '../../../src/cli/arguments';

const known = [
  { name: 'folder', value: 'DIR', description: '' },
  { name: 'graceful', description: '' },
  { name: 'timeoutMs', value: 'INTEGER', description: '' },
  { name: 'watch', value: 'DURATION', valueIfBare: '5s', description: '' },
];
const parse = (...argv: readonly string[]) => {
  const { positionals, options } = parseArguments(argv, known);
  return { positionals, options: Object.fromEntries(options) };
};

test.each([
  [['a', '--folder', 'x', 'b'], ['a', 'b'], { folder: 'x' }],
  [['--folder=x=y', 'a'], ['a'], { folder: 'x=y' }],
  [['--graceful', 'a'], ['a'], { graceful: true }],
  [['--no-graceful'], [], { graceful: false }],
  [['--graceful=false'], [], { graceful: false }],
  [['--timeout-ms', '5'], [], { timeoutMs: '5' }],
  [['--timeoutMs', '5'], [], { timeoutMs: '5' }],
  [['--', '--graceful'], ['--graceful'], {}],
  [['--watch', 'a'], ['a'], { watch: '5s' }],
  [['--watch=10s', 'a'], ['a'], { watch: '10s' }],
])('%j', (argv, positionals, options) => {
  expect(parse(...argv)).toEqual({ positionals, options });
});

test.each([
  [['--folder'], '--folder needs a value: DIR'],
  [['--folder', '--graceful'], '--folder needs a value: DIR'],
  [['--graceful=maybe'], '--graceful is a switch and takes no value'],
  [['--no-folder'], 'no option --no-folder. Did you mean "folder"?'],
  [['--time-out-ms', '5'], 'no option --time-out-ms. Did you mean "timeout-ms"?'],
])('%j is refused', (argv, message) => {
  expect(() => parse(...argv)).toThrow(expect.objectContaining({ code: 'usage.invalid', message }));
});

test.each([
  [['list'], 'list'],
  [['--folder', 'demo', 'list', 'more'], 'list'],
  [['--folder=demo', 'list'], 'list'],
  [['--graceful', 'list'], 'list'],
  [['--watch', 'list'], 'list'],
  [['--folder'], undefined],
])('the command of %j is %s', (argv, command) => {
  expect(findCommand(argv, known)).toBe(command);
});
