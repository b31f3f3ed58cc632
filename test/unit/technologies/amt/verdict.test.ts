import { expect, test } from 'vitest';
import { SidebandError } from '../../../../src/base/errors';
import { tellingMore } from '../../../../src/technologies/amt/verdict';

const refused = (port: number): SidebandError =>
  new SidebandError('connect.refused', `nothing listens on 10.0.0.1 port ${port}`);

test('of two ports both are named', () => {
  expect(tellingMore(refused(16993), refused(16992)).message).toBe(
    'nothing listens on 10.0.0.1 port 16993; nothing listens on 10.0.0.1 port 16992',
  );
});

test('of one port that was tried in both ways it is said once', () => {
  expect(tellingMore(refused(5000), refused(5000)).message).toBe('nothing listens on 10.0.0.1 port 5000');
});

test('a port that hangs is not hidden by one that is closed', () => {
  const hangs = new SidebandError('connect.timeout', '10.0.0.1 takes connections on port 16993 but answers nothing');
  expect(tellingMore(hangs, refused(16992))).toMatchObject({
    code: 'connect.refused',
    message: '10.0.0.1 takes connections on port 16993 but answers nothing; nothing listens on 10.0.0.1 port 16992',
  });
});

test('the one that went farther tells more', () => {
  const silent = new SidebandError('connect.timeout', 'nothing answers');
  const other = new SidebandError('amt.absent', 'something else answers');
  expect(tellingMore(silent, refused(1)).code).toBe('connect.refused');
  expect(tellingMore(other, refused(1)).code).toBe('amt.absent');
});
