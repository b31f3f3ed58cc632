import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from '../../../src/base/secret';

test('a secret shows itself to nobody who does not ask for it', () => {
  const secret = new Secret('tr0ub4dor');
  const texts = [String(secret), JSON.stringify({ secret }), inspect({ secret }, { showHidden: true, depth: 5 })];
  for (const text of texts) expect(text).not.toContain('tr0ub4dor');
  expect(secret.reveal()).toBe('tr0ub4dor');
});
