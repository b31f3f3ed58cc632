import type { Treatment } from './filterSet';

/** What is done with packets that no filter matches, in the words of the files. */
export const verdicts = [
  'drop',
  'drop count',
  'drop event',
  'drop count event',
  'pass',
  'pass count',
  'pass event',
  'pass count event',
] as const;
export type Verdict = (typeof verdicts)[number];

/** What a filter does, in the words of the files. */
export const actions = [...verdicts, 'limit', 'limit event'] as const;
export type Action = (typeof actions)[number];

export function toTreatment(words: Action, limit?: number): Treatment {
  const [action, ...rest] = words.split(' ');
  return {
    action: action as Treatment['action'],
    count: rest.includes('count'),
    event: rest.includes('event'),
    ...(limit !== undefined && { limit }),
  };
}

export function formatTreatment({ action, count, event }: Treatment): Action {
  return [action, ...(count ? ['count'] : []), ...(event ? ['event'] : [])].join(' ') as Action;
}
