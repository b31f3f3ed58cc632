import { didYouMean } from '../../base/nearest';
import { operations } from '../../operations';
import type { Operation } from '../../operations/operation';
import { runJobId } from './runJob';

const byId = new Map(operations.map((operation) => [operation.id, operation]));

/** What a step uses; nothing for `run.job` and for what there is not. */
export function operationOf({ uses }: { readonly uses: string }): Operation | undefined {
  return byId.get(uses);
}

/** What is wrong with a word that no operation has. */
export function mistakeInUses(uses: string): string {
  const hint = didYouMean(uses, [...byId.keys(), runJobId]);
  return `no operation is called "${uses}".${hint === '' ? ' `sideband operations` lists them.' : hint}`;
}
