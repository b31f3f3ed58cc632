import { beforeEach, expect, test } from 'vitest';
import { createJob } from '../../../../src/extension/jobs/createJob';
import { builtInDefinitions } from '../../../../src/fleet/definitions';
import { compileJob } from '../../../../src/jobs/file/compileJob';
import { fake, resetFake } from '../../../fakes/vscode';
import { jobStage } from './stage';

beforeEach(resetFake);

test('the sample is a job without mistakes, and is opened; what is there is left alone', async () => {
  using stage = jobStage({});
  const place = (name: string): string => `${stage.folder}/.sideband/jobs/${name}`;
  await createJob({ sessions: [stage.session] });
  await createJob({ sessions: [stage.session] });
  expect([...fake.written.keys()]).toEqual([place('new-job.yaml'), place('new-job-2.yaml')]);
  expect(fake.commands.map(({ args: [path] }) => path)).toEqual([place('new-job.yaml'), place('new-job-2.yaml')]);
  const text = fake.written.get(place('new-job.yaml')) ?? '';
  const compile = (one: string) => compileJob('a', new Map([['a', one]]), { definitions: builtInDefinitions });
  expect(compile(text)).toMatchObject({ problems: [], compiled: { job: { name: 'Who is on' } } });
  const uncommented = text.replace(/^ {2}# /gm, '  ').replace(/^ {2} {2}#? {2}/gm, '    ');
  expect(compile(uncommented).compiled?.job.steps).toHaveLength(2);
});

test('without a fleet there is one to be made first', async () => {
  await createJob({ sessions: [] });
  expect(fake.commands.map(({ id }) => id)).toEqual(['sideband.createFleet']);
});
