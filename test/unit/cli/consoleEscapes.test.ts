import { expect, test } from 'vitest';
import { ConsoleEscapes } from '../../../src/cli/consoleEscapes';

function read(...pieces: readonly string[]): readonly string[] {
  const escapes = new ConsoleEscapes();
  return pieces
    .flatMap((piece) => escapes.read(Buffer.from(piece, 'latin1')))
    .map((input) => (input.kind === 'send' ? Buffer.from(input.bytes).toString('latin1') : `(${input.kind})`));
}

test.each([
  [['~.'], ['(leave)']],
  [['~', '.'], ['(leave)']],
  [['ls\r~.'], ['ls\r', '(leave)']],
  [['cd ~.'], ['cd ~.']],
  [['~~.'], ['~.']],
  [['~B~B'], ['(break)', '(break)']],
  [['~?~x'], ['(help)', '~x']],
  [['~\r~.'], ['~\r', '(leave)']],
  [
    ['\n', '~', 'q'],
    ['\n', '~q'],
  ],
])('%j typed is %j', (pieces, expected) => {
  expect(read(...pieces)).toEqual(expected);
});
