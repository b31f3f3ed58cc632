import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../tools/paths.mts';

const recorded = join(root, 'test/fixtures/amt/wsman/cim/associatedpower/managementservice/get.xml');
const messageId = '<b:RelatesTo>0</b:RelatesTo>';

/** The recorded answer on one line, as devices send it; its two parts around the number of the message that it answers. */
export function recordedAnswer(): readonly [string, string] {
  const [before, after] = readFileSync(recorded, 'utf8').trim().replaceAll(/>\s+</g, '><').split(messageId);
  if (before === undefined || after === undefined) throw new Error(`${recorded} answers no message`);
  return [`${before}<b:RelatesTo>`, `</b:RelatesTo>${after}`];
}
