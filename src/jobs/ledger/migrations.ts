const version1 = `
  CREATE TABLE runs (
     id TEXT PRIMARY KEY, subject TEXT NOT NULL, title TEXT NOT NULL, danger TEXT NOT NULL, parameters TEXT NOT NULL,
     targets TEXT NOT NULL, folder TEXT NOT NULL, plan_hash TEXT NOT NULL, rerun_of TEXT,
     started_at TEXT NOT NULL, ended_at TEXT, state TEXT NOT NULL, owner TEXT NOT NULL
   ) STRICT;
   CREATE INDEX runs_by_start ON runs (started_at);
   CREATE TABLE results (
     run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, position INTEGER NOT NULL, computer TEXT NOT NULL,
     state TEXT NOT NULL, technology TEXT, result TEXT, PRIMARY KEY (run, computer)
   ) STRICT, WITHOUT ROWID;`;

/**
 * Runs and their computers are numbered: what a write touches is small and lies together, so that a commit writes a tenth of the pages.
 * No two rows of a table share a `seq` in a run, so that reading can be cut anywhere. `results_by_seq` has the state for counting.
 */
const version2 = `
  DROP INDEX runs_by_start;
  ALTER TABLE runs RENAME TO old_runs;
  ALTER TABLE results RENAME TO old_results;
  CREATE TABLE runs (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, subject TEXT NOT NULL, title TEXT NOT NULL,
    danger TEXT NOT NULL, targets TEXT NOT NULL, folder TEXT NOT NULL, plan_hash TEXT NOT NULL, rerun_of TEXT,
    started_at TEXT NOT NULL, ended_at TEXT, state TEXT NOT NULL, owner TEXT NOT NULL, due TEXT,
    parameters TEXT NOT NULL, job TEXT
  ) STRICT;
  CREATE INDEX runs_by_start ON runs (started_at);
  CREATE TABLE results (
    run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE, position INTEGER NOT NULL, computer TEXT NOT NULL,
    state TEXT NOT NULL, technology TEXT, before TEXT, result TEXT, seq INTEGER NOT NULL, PRIMARY KEY (run, position)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO runs (id, kind, subject, title, danger, targets, folder, plan_hash, rerun_of, started_at, ended_at, state, owner, parameters)
    SELECT id, 'operation', subject, title, danger, targets, folder, plan_hash, rerun_of, started_at, ended_at, state, owner, parameters
    FROM old_runs ORDER BY started_at;
  INSERT INTO results (run, position, computer, state, technology, result, seq)
    SELECT number, position, computer, old_results.state, technology, result, position + 1
    FROM old_results JOIN runs ON runs.id = old_results.run;
  DROP TABLE old_results;
  DROP TABLE old_runs;
  CREATE INDEX results_by_seq ON results (run, seq, state);
  CREATE TABLE steps (
    run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE, position INTEGER NOT NULL, step INTEGER NOT NULL,
    state TEXT NOT NULL, technology TEXT, before TEXT, attempts INTEGER NOT NULL, result TEXT, seq INTEGER NOT NULL,
    UNIQUE (run, position, step)
  ) STRICT;
  CREATE INDEX steps_by_seq ON steps (run, seq);
  CREATE TABLE plans (number INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, plan TEXT NOT NULL) STRICT;
  CREATE TABLE schedules (
    folder TEXT NOT NULL, job TEXT NOT NULL, due TEXT NOT NULL, claimed_at TEXT NOT NULL, owner TEXT,
    PRIMARY KEY (folder, job, due)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX schedules_by_due ON schedules (due);
  CREATE TABLE looked_after (
    folder TEXT NOT NULL, job TEXT NOT NULL, until TEXT NOT NULL, PRIMARY KEY (folder, job)
  ) STRICT, WITHOUT ROWID;`;

/** From an empty database to what this version reads, in order. What has been released is never edited. */
export const migrations: readonly string[] = [version1, version2];
