import type { ComputerPlan, StepPlan } from '../../jobs/planning/jobPlan';
import type { Passwords } from '../passwords';

/** Asks for the passwords that the possible steps of a plan need and nobody knows. */
export async function ensureJobPasswords(
  passwords: Pick<Passwords, 'ensure' | 'ensureOf'>,
  computers: readonly ComputerPlan[],
  signal: AbortSignal,
): Promise<void> {
  const steps = [...new Set(computers.flatMap((one) => one.steps))];
  const wanted = new Set(steps.flatMap(technologiesOf));
  await passwords.ensure(
    computers.map(({ computer }) => computer),
    wanted,
    signal,
  );
  const profiles = steps.flatMap(({ step, ways, parameters }) =>
    parameters === undefined || ways.length === 0 ? [] : (step.operation.secrets?.(parameters) ?? []),
  );
  await passwords.ensureOf([...new Set(profiles)], wanted, signal);
}

function technologiesOf({ ways }: StepPlan) {
  return ways.map(({ technology }) => technology);
}
