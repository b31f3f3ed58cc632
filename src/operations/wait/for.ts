import { durationMs } from '../durationText';
import type { Operation, Way } from '../operation';
import { aimOf } from './aim';
import { type WaitParameters, waitParameters } from './parameters';
import { waitUntil } from './waitUntil';
import { watched, type Watched } from './watched';

export const waitFor: Operation = {
  id: 'wait.for',
  title: 'Wait For',
  description:
    'Waits until a technology answers, the power is in a state, a port is open, or the console shows a text.',
  danger: 'safe',
  kind: 'read',
  repeatable: true,
  parameters: waitParameters,
  example: { power: 'on', timeout: '10m' },
  lasts: (given) => durationMs((given as WaitParameters).timeout),
  ways: watched.map((technology, index) => waitBy(technology, watched.slice(index + 1))),
};

/** A way that takes no session for itself: the computer may not answer yet, and others want their turn between two looks. */
function waitBy(technology: Watched, others: readonly Watched[]): Way {
  const { name, title } = technology;
  return {
    technology: name,
    technologyTitle: title,
    serves(parameters) {
      const { technology: only = name, console } = parameters as WaitParameters;
      return only === name && (console === undefined || 'openConsole' in technology);
    },
    run(request, parameters) {
      const given = parameters as WaitParameters;
      const { signal, onSilence } = request;
      const { goal, look } = aimOf(given, technology, others);
      const options = { goal, timeoutMs: durationMs(given.timeout), everyMs: durationMs(given.every) };
      return waitUntil((stop) => look({ ...request, signal: stop }), { ...options, signal, onSilence });
    },
  };
}
