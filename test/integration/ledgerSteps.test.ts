import { describe, expect, test } from 'vitest';
import { done, jobHeader, ledgerKinds, sqliteWorld } from '../fakes/ledgers';

const ipmi = { technology: 'ipmi' } as const;

describe.each(ledgerKinds)('the ledger of kind %s', (_, open) => {
  test('a run of a job is told from one of an operation, and its job is read back', async () => {
    using world = open();
    const { id } = await world.ledger.begin(jobHeader(['a'], '2026-11-28T02:00:00.000Z'));
    const { job, ...operation } = jobHeader(['a']);
    await world.ledger.begin({ ...operation, subject: 'power.on' });
    expect(job).toBeDefined();
    expect(await world.ledger.run(id)).toMatchObject({
      kind: 'job',
      job: {
        source: { file: 'jobs/night.yaml', texts: { 'jobs/night.yaml': 'name: Night\n' }, inputs: { room: 12 } },
        steps: [{ id: 'wake' }, { id: 'sleep', role: 'finally' }],
        dueAt: '2026-11-28T02:00:00.000Z',
      },
    });
    const found = await world.ledger.runs({ subject: 'power.on', limit: 5 });
    expect(found.map(({ kind, subject }) => ({ kind, subject }))).toEqual([{ kind: 'operation', subject: 'power.on' }]);
    expect(await world.ledger.runs({ subject: 'jobs/night.yaml', folder: '/elsewhere', limit: 5 })).toEqual([]);
  });

  test('a step is running from its intent to its end, and its computer until that is closed', async () => {
    using world = open();
    const writer = await world.ledger.begin(jobHeader(['a', 'b']));
    await writer.intend({ computer: 'a', step: 0, before: 'off', ...ipmi });
    expect(await world.ledger.changes(writer.id, 0)).toMatchObject({
      state: 'running',
      results: [
        { computer: 'a', outcome: 'running', ok: false },
        { computer: 'b', outcome: 'not-begun' },
      ],
      steps: [{ computer: 'a', step: 0, outcome: 'running', before: 'off', attempts: 1, technology: 'ipmi' }],
    });
    await writer.closeStep({ step: 0, attempts: 1, result: { ...done('a'), value: { changed: true } } });
    const changes = await world.ledger.changes(writer.id, 0);
    expect(changes?.results[0]).toMatchObject({ computer: 'a', outcome: 'running' });
    expect(changes?.steps).toEqual([
      {
        computer: 'a',
        ok: true,
        outcome: 'done',
        technology: 'ipmi',
        durationMs: 5,
        value: { changed: true },
        step: 0,
        attempts: 1,
        before: 'off',
      },
    ]);
    await writer.close(done('a'));
    await writer.end('finished');
    expect(await world.ledger.run(writer.id)).toMatchObject({
      state: 'finished',
      counts: { done: 1, 'not-begun': 1 },
      results: [done('a'), { computer: 'b', outcome: 'not-begun' }],
    });
  });

  test('a step that only reads has no intent, and its end says that the computer has begun', async () => {
    using world = open();
    const writer = await world.ledger.begin(jobHeader(['a']));
    await writer.closeStep({ step: 0, attempts: 2, result: done('a') });
    const changes = await world.ledger.changes(writer.id, 0);
    expect(changes?.results).toMatchObject([{ outcome: 'running' }]);
    expect(changes?.steps).toMatchObject([{ step: 0, outcome: 'done', attempts: 2 }]);
    expect(changes?.steps[0]).not.toHaveProperty('before');
  });

  test('the state before is that of the first intent that told one, and each intent counts', async () => {
    using world = open();
    const writer = await world.ledger.begin(jobHeader(['a']));
    await writer.intend({ computer: 'a', step: 1, ...ipmi });
    await writer.intend({ computer: 'a', step: 1, before: 'on', ...ipmi });
    await writer.intend({ computer: 'a', step: 1, before: 'off', technology: 'amt' });
    expect((await world.ledger.changes(writer.id, 0))?.steps).toMatchObject([
      { before: 'on', attempts: 3, technology: 'amt', outcome: 'running' },
    ]);
    await writer.closeStep({ step: 1, attempts: 2, result: { ...done('a'), outcome: 'failed', ok: false } });
    await writer.intend({ computer: 'a', step: 1, before: 'off', ...ipmi });
    expect((await world.ledger.changes(writer.id, 0))?.steps).toMatchObject([
      { before: 'on', attempts: 3, outcome: 'running' },
    ]);
  });

  test('only what changed since is told', async () => {
    using world = open();
    const writer = await world.ledger.begin(jobHeader(['a', 'b', 'c']));
    const first = await world.ledger.changes(writer.id, 0);
    expect(first?.results.map(({ computer }) => computer)).toEqual(['a', 'b', 'c']);
    const nothing = await world.ledger.changes(writer.id, first?.seq ?? 0);
    expect(nothing).toEqual({ state: 'running', results: [], steps: [], seq: first?.seq });

    await writer.closeStep({ step: 0, attempts: 1, result: done('c') });
    await writer.close(done('b'));
    const second = await world.ledger.changes(writer.id, first?.seq ?? 0);
    expect(second?.results.map(({ computer, outcome }) => `${computer} ${outcome}`)).toEqual(['b done', 'c running']);
    expect(second?.steps.map(({ computer }) => computer)).toEqual(['c']);

    await writer.closeStep({ step: 1, attempts: 1, result: done('c') });
    const third = await world.ledger.changes(writer.id, second?.seq ?? 0);
    expect(third).toMatchObject({ results: [], steps: [{ computer: 'c', step: 1 }] });
    expect(await world.ledger.changes('no-such-run', 0)).toBeUndefined();
  });

  test('an interrupted run says unknown of all that had begun, also to those who have looked before', async () => {
    using world = open();
    const writer = await world.ledger.begin(jobHeader(['a', 'b', 'c', 'd']));
    await writer.intend({ computer: 'a', step: 0, ...ipmi });
    await writer.closeStep({ step: 0, attempts: 1, result: done('b') });
    await writer.close(done('c'));
    const seen = (await world.ledger.changes(writer.id, 0))?.seq ?? 0;
    world.die();
    expect(await world.ledger.run(writer.id)).toMatchObject({
      state: 'interrupted',
      counts: { unknown: 2, done: 1, 'not-begun': 1 },
    });
    const [summary] = await world.ledger.runs({ limit: 1 });
    expect(summary).toMatchObject({ state: 'interrupted', counts: { unknown: 2, done: 1, 'not-begun': 1 } });
    const changes = await world.ledger.changes(writer.id, seen);
    expect(changes).toMatchObject({
      state: 'interrupted',
      results: [
        { computer: 'a', outcome: 'unknown', error: { code: 'run.interrupted' } },
        { computer: 'b', outcome: 'unknown', error: { code: 'run.interrupted' } },
      ],
    });
    expect((await world.ledger.changes(writer.id, 0))?.steps).toMatchObject([
      { computer: 'a', outcome: 'running' },
      { computer: 'b', outcome: 'done' },
    ]);
  });

  test('an interrupted run is taken over once, and shows as running again', async () => {
    using world = open();
    const { ledger } = world;
    const old = await ledger.begin(jobHeader(['a', 'b']));
    await old.intend({ computer: 'b', step: 0, before: 'off', ...ipmi });
    world.die();
    const seen = (await ledger.changes(old.id, 0))?.seq ?? 0;
    const writer = await ledger.resume(old.id);
    expect(writer.id).toBe(old.id);
    await expect(ledger.resume(old.id)).rejects.toMatchObject({ code: 'run.busy' });
    expect(await ledger.changes(old.id, seen)).toMatchObject({
      state: 'running',
      results: [{ computer: 'b', outcome: 'running' }],
    });
    expect(await ledger.run(old.id)).toMatchObject({ counts: { running: 1, 'not-begun': 1 } });
    await writer.intend({ computer: 'b', step: 0, before: 'on', ...ipmi });
    expect((await ledger.changes(old.id, seen))?.steps).toMatchObject([
      { computer: 'b', before: 'off', attempts: 2, outcome: 'running' },
    ]);
    await writer.close(done('a'));
    await writer.close(done('b'));
    await writer.end('finished');
    expect(await ledger.run(old.id)).toMatchObject({ state: 'finished', counts: { done: 2 } });
  });

  test.each(['finished', 'cancelled'] as const)('nothing is left of a run that is %s', async (state) => {
    using world = open();
    const writer = await world.ledger.begin(jobHeader(['a']));
    await expect(world.ledger.resume(writer.id)).rejects.toMatchObject({ code: 'run.busy' });
    await writer.end(state);
    await expect(world.ledger.resume(writer.id)).rejects.toMatchObject({ code: 'run.ended' });
    world.die();
    await expect(world.ledger.resume(writer.id)).rejects.toMatchObject({ code: 'run.ended' });
    await expect(world.ledger.resume('no-such-run')).rejects.toMatchObject({ code: 'usage.invalid' });
  });

  test('whose run was taken over writes nothing more, and what others write in that turn is kept', async () => {
    using world = open();
    const { ledger } = world;
    const old = await ledger.begin(jobHeader(['a', 'b']));
    await old.intend({ computer: 'a', step: 0, before: 'off', ...ipmi });
    world.die();
    const writer = await ledger.resume(old.id);
    const settled = await Promise.allSettled([
      writer.closeStep({ step: 0, attempts: 1, result: done('a') }),
      old.intend({ computer: 'b', step: 0, before: 'on', ...ipmi }),
      old.closeStep({ step: 0, attempts: 9, result: { ...done('a'), ok: false, outcome: 'failed' } }),
      old.close(done('b')),
      old.end('cancelled'),
      writer.close(done('a')),
    ]);
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    for (const one of settled) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'ledger.unavailable' });
    }
    const changes = await ledger.changes(old.id, 0);
    expect(changes?.state).toBe('running');
    expect(changes?.results).toEqual([done('a'), { computer: 'b', ok: false, outcome: 'not-begun', durationMs: 0 }]);
    expect(changes?.steps).toMatchObject([{ computer: 'a', outcome: 'done', attempts: 1 }]);
  });

  test('a plan is kept by its hash', async () => {
    using world = open();
    const plan = { hash: 'abc', title: 'Night', facts: { 'lab-01 wake': 'off → on by IPMI' } };
    expect(await world.ledger.plan('abc')).toBeUndefined();
    await world.ledger.keepPlan(plan);
    await world.ledger.keepPlan({ ...plan, title: 'Night 2' });
    expect(await world.ledger.plan('abc')).toEqual({ ...plan, title: 'Night 2' });
    expect(await world.ledger.plan('ab')).toBeUndefined();
  });
});

test('an interrupted run says of each computer whether something is in doubt', async () => {
  using world = sqliteWorld();
  const { ledger } = world;
  const writer = await ledger.begin(jobHeader(['midway', 'between', 'untouched']));
  await writer.closeStep({ step: 0, attempts: 1, result: done('midway') });
  await writer.intend({ computer: 'midway', step: 1, ...ipmi });
  await writer.closeStep({ step: 0, attempts: 1, result: done('between') });
  const { job: _job, ...header } = jobHeader(['operation']);
  const operation = await ledger.begin(header);
  await operation.intend({ computer: 'operation', ...ipmi });
  world.die();
  const messages = async (id: string) => (await ledger.run(id))?.results.map(({ error }) => error?.message);
  expect(await messages(writer.id)).toEqual([
    'the process ended in the middle; it may have happened',
    'the process ended between two steps; they tell how far it came',
    undefined,
  ]);
  expect(await messages(operation.id)).toEqual(['the process ended in the middle; it may have happened']);
});
