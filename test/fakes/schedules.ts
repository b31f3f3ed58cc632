import type { Claim, ScheduleStore } from '../../src/jobs/schedule/scheduleStore';
import type { MemoryState } from './ledger';

const graceMs = 30_000;

interface MemoryClaim {
  readonly due: string;
  readonly claimedAt: number;
  /** Of the process that claimed it; none for a time that is left out. */
  readonly life?: number;
}

/** The schedules of a ledger in memory. */
export function memorySchedules(state: MemoryState): ScheduleStore {
  const claims = new Map<string, MemoryClaim[]>();
  const looked = new Map<string, Date>();
  const runsOf = (folder: string, job: string): MemoryState['runs'] =>
    state.runs.filter(({ header }) => header.folder === folder && header.subject === job && header.job?.dueAt);
  const goesOn = (folder: string, job: string, known: readonly MemoryClaim[]): boolean =>
    runsOf(folder, job).some((run) => run.state === 'running' && run.life === state.life) ||
    known.some(
      ({ due, claimedAt, life }) =>
        life === state.life &&
        claimedAt <= Date.now() &&
        Date.now() - claimedAt < graceMs &&
        !runsOf(folder, job).some(({ header }) => header.job?.dueAt === due),
    );
  return {
    claim: ({ folder, job, at }) =>
      state.write(`claim ${job} ${at.toISOString()}`, (): Claim => {
        const due = at.toISOString();
        const key = `${folder}\n${job}`;
        const known = claims.get(key) ?? [];
        if (known.some((claim) => claim.due === due)) return 'taken';
        const overlaps = goesOn(folder, job, known);
        claims.set(key, [...known, { due, claimedAt: Date.now(), ...(!overlaps && { life: state.life }) }]);
        return overlaps ? 'overlaps' : 'claimed';
      }),
    lookedAfter: (folder, job) => Promise.resolve(looked.get(`${folder}\n${job}`)),
    lookAfter: (folder, job, until) =>
      state.write(`look after ${job}`, () => {
        const known = looked.get(`${folder}\n${job}`);
        if (!known || known < until) looked.set(`${folder}\n${job}`, until);
      }),
  };
}
