import { SidebandError } from '../base/errors';
import type { Computer } from '../fleet/computer';
import { technologies } from '../technologies';
import type { ConsoleEnd, SerialConsole } from '../technologies/console';
import type { Sessions } from '../technologies/sessions';

export type { ConsoleEnd, SerialConsole };

export interface OpenConsoleOptions {
  /** Ends the console that somebody else has open. */
  readonly takeOver: boolean;
  /** Only by this technology. */
  readonly technology?: string | undefined;
}

/** Opens the serial console of a computer by its first technology that has one. Rejects with `operation.impossible` when none has. */
export async function openConsole(
  sessions: Sessions,
  computer: Computer,
  { takeOver, technology }: OpenConsoleOptions,
  signal: AbortSignal,
): Promise<SerialConsole> {
  const [first] = technologies.filter(
    (one) => 'openConsole' in one && computer.access(one.name) && (technology ?? one.name) === one.name,
  );
  if (first) return sessions.console(first, computer, { takeOver }, signal);
  const by = technology === undefined ? '' : ` by ${technology}`;
  throw new SidebandError('operation.impossible', `${computer.name} has no serial console${by}`);
}
