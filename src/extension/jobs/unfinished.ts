/** What a workspace remembers: whether it has runs that go on or may be interrupted, so that they are looked for after a restart. */
export const unfinishedKey = 'sideband.unfinishedRuns';
