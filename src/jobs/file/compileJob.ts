import { formatProblem, type Problem } from '../../base/problem';
import type { Block, Call, CompiledJob, ProgramStep, Scope } from '../program/program';
import { boundInputs, callInputMistakes } from './callRules';
import type { Job, Step } from './job';
import { mostSteps } from './jobFileSchema';
import { type Mistake, toProblem } from './mistake';
import { type ParsedJob, parseJob } from './parseJob';
import { calledBy } from './runJob';
import { operationOf } from './uses';
import { definitionMistakes, type JobWorld, targetsMistakes } from './worldRules';

export interface CompileResult {
  /** Absent when there are problems or files are missing. */
  readonly compiled?: Omit<CompiledJob, 'source'>;
  readonly problems: readonly Problem[];
  /** The files of called jobs that are not among the texts. */
  readonly missing: readonly string[];
}

/** How many jobs may call one another in a row. */
const deepest = 5;

/** Checks a job with those that it calls, and puts them in their places. Never throws: every mistake is a problem at its place. */
export function compileJob(file: string, texts: ReadonlyMap<string, string>, world: JobWorld): CompileResult {
  const compiler = new Compiler(texts, world);
  const compiled = compiler.compile(file);
  const problems = [...compiler.problems.values()];
  const missing = [...compiler.missing];
  return { ...(compiled && problems.length + missing.length === 0 && { compiled }), problems, missing };
}

type Path = Mistake['path'];

/** A file on the way to a step. */
interface Place {
  readonly job: Job;
  /** The files that call one another, this one last. */
  readonly files: readonly string[];
  readonly scope: Scope;
}

class Compiler {
  /** By place and message: a job that is called twice has its mistakes once. */
  readonly problems = new Map<string, Problem>();
  readonly missing = new Set<string>();
  readonly #texts: ReadonlyMap<string, string>;
  readonly #world: JobWorld;
  readonly #parsed = new Map<string, ParsedJob>();
  readonly #steps: ProgramStep[] = [];
  #count = 0;

  constructor(texts: ReadonlyMap<string, string>, world: JobWorld) {
    this.#texts = texts;
    this.#world = world;
  }

  compile(file: string): Omit<CompiledJob, 'source'> | undefined {
    this.#read(file);
    const job = this.#parsed.get(file)?.job;
    if (!job) return undefined;
    for (const mistake of targetsMistakes(job, this.#world)) this.#tell(file, mistake);
    const root = this.#block({ job, files: [file], scope: { prefix: '', inputs: {} } });
    if (this.#count > mostSteps) {
      const message = `at most ${mostSteps} steps are expected, with those of the jobs that are called`;
      this.#tell(file, { path: ['steps'], message, at: 'key' });
    }
    return { job, program: { steps: this.#steps, root } };
  }

  /** With all that it calls, so that the mistakes of all of them are told at once. */
  #read(file: string): void {
    if (this.#parsed.has(file) || this.#world.unreadable?.has(file)) return;
    const text = this.#texts.get(file);
    if (text === undefined) {
      this.missing.add(file);
      return;
    }
    const parsed = parseJob(text, file);
    this.#parsed.set(file, parsed);
    for (const problem of parsed.problems) this.problems.set(formatProblem(problem), problem);
    for (const call of parsed.calls) this.#read(call);
  }

  #block(place: Place): Block {
    const { job } = place;
    return {
      steps: job.steps.flatMap((step, index) => this.#item(step, place, ['steps', index]) ?? []),
      finally: job.finally.flatMap((step, index) => this.#item(step, place, ['finally', index]) ?? []),
    };
  }

  #item(step: Step, place: Place, path: Path): ProgramStep | Call | undefined {
    if (++this.#count > mostSteps) return undefined;
    const { id, condition, continueOnError } = step;
    const { scope } = place;
    const role = path[0] === 'steps' ? 'step' : 'finally';
    const shared = { id: scope.prefix + id, role, ...(condition && { condition }), continueOnError, scope } as const;
    const operation = operationOf(step);
    if (!operation) return this.#call(step, { place, path, shared });
    for (const mistake of definitionMistakes(step, this.#world.definitions, path)) this.#tell(fileOf(place), mistake);
    const { title, with: parameters, retries, retryDelayMs, timeoutMs } = step;
    const made: ProgramStep = {
      ...shared,
      index: this.#steps.length,
      title,
      operation,
      with: parameters,
      retries,
      retryDelayMs,
      ...(timeoutMs !== undefined && { timeoutMs }),
    };
    this.#steps.push(made);
    return made;
  }

  #call(
    step: Step,
    { place, path, shared }: { readonly place: Place; readonly path: Path; readonly shared: Omit<Call, 'block'> },
  ): Call | undefined {
    const { files } = place;
    const called = calledBy(step, fileOf(place));
    const job = called === undefined ? undefined : this.#called(called, place, path);
    if (called === undefined || !job) return undefined;
    for (const mistake of callInputMistakes(step, job.inputs, path)) this.#tell(fileOf(place), mistake);
    const scope = {
      prefix: `${shared.id}/`,
      inputs: boundInputs(step, job.inputs),
      declared: job.inputs,
      caller: shared.scope,
    };
    return { ...shared, block: this.#block({ job, files: [...files, called], scope }) };
  }

  /** Nothing when the job cannot be called, which is told then. */
  #called(file: string, place: Place, path: Path): Job | undefined {
    const { files } = place;
    const at = [...path, 'with', 'job'];
    const unreadable = this.#world.unreadable?.get(file);
    if (unreadable !== undefined) this.#tell(fileOf(place), { path: at, message: unreadable });
    else if (files.includes(file)) {
      const circle = [...files.slice(files.indexOf(file)), file].join(' → ');
      this.#tell(fileOf(place), { path: at, message: `the job calls itself: ${circle}` });
    } else if (files.length > deepest) {
      const message = `at most ${deepest} jobs can call one another: ${[...files, file].join(' → ')}`;
      this.#tell(fileOf(place), { path: at, message });
    } else return this.#parsed.get(file)?.job;
    return undefined;
  }

  #tell(file: string, mistake: Mistake): void {
    const places = this.#parsed.get(file)?.places;
    const problem = places && toProblem(places, mistake);
    if (problem) this.problems.set(formatProblem(problem), problem);
  }
}

function fileOf({ files }: Place): string {
  return files.at(-1) ?? '';
}
