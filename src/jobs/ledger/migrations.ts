/** From an empty database to what this version reads, in order. What has been released is never edited. */
export const migrations: readonly string[] = [
  `CREATE TABLE runs (
     id TEXT PRIMARY KEY, subject TEXT NOT NULL, title TEXT NOT NULL, danger TEXT NOT NULL, parameters TEXT NOT NULL,
     targets TEXT NOT NULL, folder TEXT NOT NULL, plan_hash TEXT NOT NULL, rerun_of TEXT,
     started_at TEXT NOT NULL, ended_at TEXT, state TEXT NOT NULL, owner TEXT NOT NULL
   ) STRICT;
   CREATE INDEX runs_by_start ON runs (started_at);
   CREATE TABLE results (
     run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, position INTEGER NOT NULL, computer TEXT NOT NULL,
     state TEXT NOT NULL, technology TEXT, result TEXT, PRIMARY KEY (run, computer)
   ) STRICT, WITHOUT ROWID;`,
  // No two rows of a table share a `seq` in a run, so that reading can be cut anywhere. The state in the indexes is for counting.
  `ALTER TABLE runs ADD COLUMN kind TEXT NOT NULL DEFAULT 'operation';
   ALTER TABLE runs ADD COLUMN job TEXT;
   ALTER TABLE results ADD COLUMN before TEXT;
   ALTER TABLE results ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
   UPDATE results SET seq = position + 1;
   CREATE INDEX results_by_seq ON results (run, seq, state);
   CREATE TABLE steps (
     run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, computer TEXT NOT NULL, step INTEGER NOT NULL,
     state TEXT NOT NULL, technology TEXT, before TEXT, attempts INTEGER NOT NULL, result TEXT, seq INTEGER NOT NULL,
     PRIMARY KEY (run, computer, step)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX steps_by_seq ON steps (run, seq);
   CREATE TABLE plans (number INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, plan TEXT NOT NULL) STRICT;
   CREATE TABLE schedules (
     folder TEXT NOT NULL, job TEXT NOT NULL, due TEXT NOT NULL, claimed_at TEXT NOT NULL, owner TEXT,
     PRIMARY KEY (folder, job, due)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX schedules_by_due ON schedules (due);
   CREATE TABLE looked_after (
     folder TEXT NOT NULL, job TEXT NOT NULL, until TEXT NOT NULL, PRIMARY KEY (folder, job)
   ) STRICT, WITHOUT ROWID;`,
];
