import { escapeMarkdown, markdownTable } from '../../base/markdown';
import { printable } from '../../base/printable';
import { formatTable } from '../../base/textTable';
import type { Computer } from '../../fleet/computer';
import { shortenNames } from '../../fleet/shortenNames';
import { disruptionsOf, isPossible, jobDanger, jobWarnings } from './jobDanger';
import type { JobPlan, StepPlan } from './jobPlan';
import { shownInputs, storiesOf, type Story } from './planLines';

/** So many names, or ranges of names, stand in one cell of a document. */
const mostInCell = 50;
const mostOnLine = 3;

/** A plan for terminals: each story once with the computers that share it, then what is to be known of the whole. */
export function formatJobPlan(plan: JobPlan): string {
  const stories = storiesOf(plan).map((story) => {
    const rows = story.lines.map(({ step, change, how }) => [`  ${step}`, change, how]);
    return `${printable(nameComputers(story.computers, mostOnLine))}\n${formatTable(rows)}`;
  });
  const summary = [
    headOf(plan).join(', '),
    ...factsOf(plan).map(([name, value]) => `${name.toLowerCase()}: ${value}`),
    ...jobWarnings(plan).map((warning) => `warning: ${warning}`),
    ...plan.refusals.map(({ rule, message }) => `refused by ${rule}: ${message}`),
    `plan ${plan.hash}`,
  ];
  return `${stories.join('')}${summary.map((line) => `${printable(line)}\n`).join('')}`;
}

/** A plan as a document to review: what it is, what stands against it, what is impossible, what disrupts, and all steps. */
export function formatJobPlanMarkdown(plan: JobPlan): string {
  const [, ...head] = headOf(plan);
  const stories = storiesOf(plan);
  const facts = factsOf(plan).map((row) => row.map(escapeMarkdown));
  const lines = [
    `# Plan: ${escapeMarkdown(plan.job.name)}`,
    ...(plan.job.description === undefined ? [] : [escapeMarkdown(plan.job.description)]),
    `${head.join(' · ')} · plan \`${plan.hash}\``,
    markdownTable(['', ''], facts),
    ...plan.refusals.map(({ rule, message }) => `> Refused by ${escapeMarkdown(rule)}: ${escapeMarkdown(message)}`),
    ...jobWarnings(plan).map((warning) => `> ${escapeMarkdown(warning)}`),
    ...section('Impossible', ['Computers', 'Step', 'Why'], impossibleRows(stories)),
    ...section('What disrupts', ['Step', 'Operation', 'Danger', 'Computers'], disruptionRows(plan)),
    ...section('Steps', ['Computers', 'Step', 'Now → then', 'How'], stories.flatMap(storyRows)),
  ];
  return `${lines.join('\n\n')}\n`;
}

/**
 * A plan for `--json`: `job` is its name and `file` where it is; `waves` how many computers each has; of each step `now` is as it was
 * seen or read, and after the step `nowAfter` where that is to change it; `depends` is what only the run can tell.
 */
export function jobPlanToJson(plan: JobPlan): object {
  const { job, source, hash, targets, technology, waves, refusals, computers } = plan;
  const warnings = jobWarnings(plan);
  return {
    job: job.name,
    file: source.file,
    hash,
    danger: jobDanger(plan),
    targets,
    ...(technology !== undefined && { technology }),
    inputs: shownInputs(source.inputs),
    waves,
    ...(warnings.length > 0 && { warnings }),
    refusals,
    computers: computers.map(({ computer, steps }) => ({
      computer: computer.name,
      steps: steps.map(stepToJson),
    })),
  };
}

function stepToJson(plan: StepPlan): object {
  const { step, ways, why, impossible, leftOut, depends, now, nowAfter, then, unread } = plan;
  return {
    id: step.id,
    uses: step.operation.id,
    now,
    nowAfter,
    then,
    ways: ways.map(({ technology }) => technology),
    why,
    unread,
    impossible,
    leftOut,
    depends,
  };
}

function headOf(plan: JobPlan): readonly string[] {
  const { job, computers } = plan;
  return [job.name, `${computers.filter(isPossible).length} of ${computers.length} computers`, jobDanger(plan)];
}

function factsOf({ source, targets, technology, waves }: JobPlan): readonly (readonly [string, string])[] {
  const inputs = Object.entries(shownInputs(source.inputs)).map(([name, value]) => `${name} = ${String(value)}`);
  return [
    ['File', source.file],
    ['Targets', targets],
    ...(technology === undefined ? [] : [['Technology', technology] as const]),
    ...(waves.length > 1 ? [['Waves', waves.join(', ')] as const] : []),
    ...(inputs.length > 0 ? [['Inputs', inputs.join(', ')] as const] : []),
  ];
}

function nameComputers(computers: readonly Computer[], mostParts: number): string {
  const names = shortenNames(
    computers.map(({ name }) => name),
    mostParts,
  );
  return computers.length > 1 ? `${names} (${computers.length} computers)` : names;
}

/** The same of several stories is one row. */
function impossibleRows(stories: readonly Story[]): readonly (readonly string[])[] {
  const rows = new Map<string, { readonly id: string; readonly why: string; readonly computers: Computer[] }>();
  for (const { computers, steps } of stories) {
    for (const { step, impossible: why } of steps) {
      if (why === undefined) continue;
      const key = JSON.stringify([step.index, why]);
      const row = rows.get(key) ?? { id: step.id, why, computers: [] };
      for (const computer of computers) row.computers.push(computer);
      rows.set(key, row);
    }
  }
  return [...rows.values()].map(({ id, why, computers }) => [nameComputers(computers, mostInCell), id, why]);
}

function disruptionRows(plan: JobPlan): readonly (readonly string[])[] {
  return disruptionsOf(plan).map(({ step: { id, operation }, count }) => [
    id,
    operation.title,
    operation.danger,
    String(count),
  ]);
}

/** The computers stand at the first of their steps alone. */
function storyRows(story: Story): readonly (readonly string[])[] {
  return story.lines.map(({ step, change, how }, index) => [
    index === 0 ? nameComputers(story.computers, mostInCell) : '',
    step,
    change,
    how,
  ]);
}

function section(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly [] | readonly [string, string] {
  if (rows.length === 0) return [];
  const cells = rows.map((row) => row.map(escapeMarkdown));
  return [`## ${title}`, markdownTable(head, cells)];
}
