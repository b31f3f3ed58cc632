import type { WayRequest } from '../operation';
import { lookAtPort, lookAtPower, watchConsole } from './looks';
import type { WaitParameters } from './parameters';
import type { Sight } from './waitUntil';
import type { Watched } from './watched';

/** What is waited for. */
export interface Aim {
  /** In words: `power on`. */
  readonly goal: string;
  readonly look: (request: WayRequest) => Promise<Sight>;
}

/** What the parameters want, by one technology; the power also by others as long as it does not answer. */
export function aimOf(given: WaitParameters, technology: Watched, others: readonly Watched[]): Aim {
  const { technology: only, power, port, console } = given;
  if (port !== undefined) return { goal: `port ${port}`, look: (request) => lookAtPort(port, request) };
  if (console !== undefined) {
    const goal = `"${console}" on the console`;
    return { goal, look: (request) => watchConsole(technology, console, request) };
  }
  if (power !== undefined) {
    const technologies = only === undefined ? [technology, ...others] : [technology];
    const look = async (request: WayRequest): Promise<Sight> => {
      const sight = await lookAtPower(technologies, request);
      return { ...sight, isSo: sight.seen === power };
    };
    return { goal: `power ${power}`, look };
  }
  return { goal: `${technology.title} to answer`, look: (request) => lookAtPower([technology], request) };
}
