import type { Problem } from '../../base/problem';
import { toSidebandError } from '../../base/errors';
import { parseYamlFile } from '../../base/yaml/yamlFile';
import { parseTargets } from '../../fleet/targets/parse';
import { cronMistake } from '../schedule/cron';
import { literalMistakes, templateMistakes } from './checkExpressions';
import { explainYaml } from './explainYaml';
import { inputMistakes, toInput } from './inputRules';
import type { Job } from './job';
import { type JobFile, jobFileSchema } from './jobFileSchema';
import { type Mistake, type Places, toProblem } from './mistake';
import { placeSteps } from './placeSteps';
import { calledBy } from './runJob';
import { stepMistakes } from './stepRules';
import { strategyMistakes } from './strategyRules';
import { isTemplate } from './template';
import { toJob } from './toJob';

export interface ParsedJob {
  /** Absent when there are problems. */
  readonly job?: Job;
  readonly problems: readonly Problem[];
  /** The files of the jobs that it calls, named as its own file is. */
  readonly calls: readonly string[];
  /** For what only its neighbours can show. */
  readonly places: Places;
}

/** Reads a file of `.sideband/jobs`. Never throws: every mistake is a problem at its place. */
export function parseJob(text: string, file: string): ParsedJob {
  const yaml = parseYamlFile(text, file, jobFileSchema);
  const given = yaml.value;
  if (!given) return { problems: explainYaml(yaml.problems, text), calls: [], places: yaml };
  const calls = [...given.steps, ...given.finally].flatMap((step) => calledBy(step, file) ?? []);
  const problems = [...mistakesIn(given)].map((mistake) => toProblem(yaml, mistake));
  const job = problems.length === 0 ? toJob(given) : undefined;
  return { ...(job && { job }), problems, calls: [...new Set(calls)], places: yaml };
}

function* mistakesIn(given: JobFile): Generator<Mistake> {
  yield* literalMistakes(given.name, ['name']);
  yield* inputMistakes(given);
  yield* targetsMistakes(given);
  yield* strategyMistakes(given.strategy);
  yield* scheduleMistakes(given.schedule);
  const { placed, mistakes } = placeSteps(given);
  yield* mistakes;
  for (const one of placed) yield* stepMistakes(one);
}

function* targetsMistakes({ targets, inputs }: JobFile): Generator<Mistake> {
  const known = Object.entries(inputs).map(([name, input]) => toInput(name, input));
  yield* templateMistakes(targets, ['targets'], { in: 'targets', inputs: known, earlier: [], later: [] });
  if (isTemplate(targets)) return;
  try {
    parseTargets(targets);
  } catch (thrown) {
    yield { path: ['targets'], message: toSidebandError(thrown).message };
  }
}

function* scheduleMistakes(schedule: JobFile['schedule']): Generator<Mistake> {
  if (schedule === undefined) return;
  const [cron, path] = typeof schedule === 'string' ? [schedule, []] : [schedule.cron, ['cron']];
  const message = cronMistake(cron);
  if (message !== undefined) yield { path: ['schedule', ...path], message };
}
