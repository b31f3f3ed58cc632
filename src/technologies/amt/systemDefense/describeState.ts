import { describePolicy } from './policy';
import { type DefenseState, type HeldPolicy, onWiredPort, toDefenseFilter } from './state';

export const noFilter = 'no filter';

/** What is in force on the wired port: `open-ports k3f9 (30 filters), …`, `the policy "Lab" of another console`, `no filter`. */
export function describeState(state: DefenseState): string {
  const activation = onWiredPort(state);
  if (!activation) return noFilter;
  const { policy, isActive } = activation;
  const words = policy?.own
    ? describeHeld(policy)
    : `the policy "${policy?.name ?? activation.policyId}" of another console`;
  return isActive === false ? `${words}, outranked` : words;
}

function describeHeld(policy: HeldPolicy): string {
  const { set, tag } = policy.own ?? { set: policy.name, tag: '' };
  const filters = policy.filters.flatMap((filter) => toDefenseFilter(filter) ?? []);
  return describePolicy(set, tag, { ...policy, filters });
}
