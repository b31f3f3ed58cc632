/** From an empty schema to what this version reads, in order. What has been released is never edited. */
export const migrations: readonly string[] = [
  // As in the SQLite ledger, and beside it: who has claimed a computer, and who is there to.
  `CREATE TABLE sideband.runs (
     id text PRIMARY KEY, kind text NOT NULL, subject text NOT NULL, title text NOT NULL, danger text NOT NULL, parameters text NOT NULL,
     targets text NOT NULL, folder text NOT NULL, plan_hash text NOT NULL, rerun_of text, job text, due_at text,
     started_at text NOT NULL, ended_at text, state text NOT NULL,
     owner text NOT NULL, seen_at timestamptz NOT NULL DEFAULT now(), seq bigint NOT NULL, limits text, stopping text, stopped_because text
   );
   CREATE INDEX runs_by_start ON sideband.runs (started_at);
   CREATE INDEX runs_under_way ON sideband.runs (id) WHERE state = 'running';

   CREATE TABLE sideband.results (
     run text NOT NULL REFERENCES sideband.runs (id) ON DELETE CASCADE, position integer NOT NULL, computer text NOT NULL,
     state text NOT NULL, technology text, before text, result text, seq bigint NOT NULL,
     site text, owner text, PRIMARY KEY (run, computer)
   );
   CREATE INDEX results_by_seq ON sideband.results (run, seq);
   CREATE INDEX results_open ON sideband.results (site, run) WHERE site IS NOT NULL AND result IS NULL;

   CREATE TABLE sideband.steps (
     run text NOT NULL, computer text NOT NULL, step integer NOT NULL, state text NOT NULL, technology text, before text,
     attempts integer NOT NULL, result text, seq bigint NOT NULL, PRIMARY KEY (run, computer, step),
     FOREIGN KEY (run, computer) REFERENCES sideband.results (run, computer) ON DELETE CASCADE
   );
   CREATE INDEX steps_by_seq ON sideband.steps (run, seq);

   CREATE TABLE sideband.workers (
     id text PRIMARY KEY, host text NOT NULL, pid integer NOT NULL, sites text[] NOT NULL, seen_at timestamptz NOT NULL DEFAULT now()
   );
   CREATE TABLE sideband.plans (hash text PRIMARY KEY, plan text NOT NULL, kept_at timestamptz NOT NULL DEFAULT now());
   CREATE TABLE sideband.schedules (
     folder text NOT NULL, job text NOT NULL, due text NOT NULL, claimed_at timestamptz NOT NULL DEFAULT now(), owner text,
     PRIMARY KEY (folder, job, due)
   );
   CREATE TABLE sideband.looked_after (
     folder text NOT NULL, job text NOT NULL, until text NOT NULL, PRIMARY KEY (folder, job)
   );

   -- Writes entries in their order, each only while its writer owns the computer; gives the numbers of those that were refused. All that
   -- writes to a run locks its row first: so nobody waits for each other in a circle, and changes become visible in the order of seq.
   -- Tells it by the run's id when computers have ended.
   CREATE FUNCTION sideband.write_entries(
     kinds text[], runs text[], owners text[], computers text[],
     step_numbers integer[], states text[], technologies text[], befores text[], tries integer[], outcomes text[]
   ) RETURNS SETOF integer LANGUAGE plpgsql AS $$
   DECLARE
     run_id text;
     run_owner text;
     change bigint;
     has_ends boolean;
     i integer;
   BEGIN
     FOR run_id IN SELECT DISTINCT u FROM unnest(runs) AS u ORDER BY u LOOP
       has_ends := false;
       SELECT r.owner, r.seq INTO run_owner, change FROM sideband.runs r WHERE r.id = run_id FOR UPDATE;
       FOR i IN SELECT n FROM generate_subscripts(kinds, 1) AS n WHERE runs[n] = run_id LOOP
         IF NOT EXISTS (
           SELECT FROM sideband.results r WHERE r.run = run_id AND r.computer = computers[i] AND coalesce(r.owner, run_owner) = owners[i]
         ) THEN
           RETURN NEXT i;
           CONTINUE;
         END IF;
         change := change + 1;
         IF kinds[i] = 'close' THEN
           has_ends := true;
           UPDATE sideband.results r SET state = states[i], technology = technologies[i], result = outcomes[i], seq = change
             WHERE r.run = run_id AND r.computer = computers[i];
           CONTINUE;
         END IF;
         UPDATE sideband.results r SET state = 'running', seq = change
           WHERE r.run = run_id AND r.computer = computers[i] AND r.state = 'not-begun';
         IF kinds[i] = 'intend' AND step_numbers[i] IS NULL THEN
           UPDATE sideband.results r
             SET state = 'running', technology = technologies[i], before = coalesce(r.before, befores[i]), seq = change
             WHERE r.run = run_id AND r.computer = computers[i];
         ELSIF kinds[i] = 'intend' THEN
           INSERT INTO sideband.steps AS s (run, computer, step, state, technology, before, attempts, seq)
             VALUES (run_id, computers[i], step_numbers[i], 'running', technologies[i], befores[i], 1, change)
             ON CONFLICT (run, computer, step) DO UPDATE SET state = 'running', technology = excluded.technology,
               before = coalesce(s.before, excluded.before), attempts = s.attempts + 1, result = NULL, seq = excluded.seq;
         ELSE
           INSERT INTO sideband.steps AS s (run, computer, step, state, technology, attempts, result, seq)
             VALUES (run_id, computers[i], step_numbers[i], states[i], technologies[i], tries[i], outcomes[i], change)
             ON CONFLICT (run, computer, step) DO UPDATE SET state = excluded.state, technology = excluded.technology,
               attempts = excluded.attempts, result = excluded.result, seq = excluded.seq;
         END IF;
       END LOOP;
       UPDATE sideband.runs r SET seq = change WHERE r.id = run_id;
       IF has_ends THEN PERFORM pg_notify('sideband', run_id); END IF;
     END LOOP;
   END $$;

   -- Makes a worker the owner of computers, whoever had them before; gives the numbers of those that it got. One that has not begun is
   -- not given out any more once its run is being stopped.
   CREATE FUNCTION sideband.claim_computers(runs text[], computers text[], owners text[]) RETURNS SETOF integer LANGUAGE plpgsql AS $$
   DECLARE
     run_id text;
     is_stopping boolean;
     change bigint;
     i integer;
   BEGIN
     FOR run_id IN SELECT DISTINCT u FROM unnest(runs) AS u ORDER BY u LOOP
       SELECT r.stopping IS NOT NULL, r.seq INTO is_stopping, change
         FROM sideband.runs r WHERE r.id = run_id AND r.state = 'running' FOR UPDATE;
       CONTINUE WHEN NOT FOUND;
       FOR i IN SELECT n FROM generate_subscripts(computers, 1) AS n WHERE runs[n] = run_id LOOP
         UPDATE sideband.results r SET owner = owners[i], state = 'running', seq = change + 1
           WHERE r.run = run_id AND r.computer = computers[i] AND r.result IS NULL AND (r.state = 'running' OR NOT is_stopping);
         IF FOUND THEN
           change := change + 1;
           RETURN NEXT i;
         END IF;
       END LOOP;
       UPDATE sideband.runs r SET seq = change WHERE r.id = run_id;
     END LOOP;
   END $$;`,
];
