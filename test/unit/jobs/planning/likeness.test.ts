import { expect, test } from 'vitest';
import type { Computer } from '../../../../src/fleet/computer';
import type { CompiledJob } from '../../../../src/jobs/program/program';
import { likenessIn } from '../../../../src/jobs/planning/likeness';
import { fakeComputer } from '../../../fakes/technology';
import { bootOverride, compiled, equals, path, planFor, powerOff, powerOn, powerStatus, step } from './testJob';

const inHall = equals(path('computer', 'site'), 'hall');
const boot = (device: string) => step('boot', bootOverride, { with: { device } });

function fleet(): readonly Computer[] {
  const computers = [
    fakeComputer('lab-01', ['amt'], { site: 'hall', boot: 'pxe' }),
    fakeComputer('lab-02', ['amt'], { site: 'yard', boot: 'disk' }),
    fakeComputer('lab-03', ['ipmi', 'amt'], { site: 'hall', boot: 'pxe' }),
    fakeComputer('lab-04', ['amt'], { site: 'hall', boot: 'tape' }),
    fakeComputer('lab-05', ['ipmi'], { site: 'yard' }),
    fakeComputer('lab-06', []),
  ];
  computers[3]?.see({ power: 'off' });
  return computers;
}

const jobs: readonly (readonly [string, CompiledJob, 'alike' | 'own'])[] = [
  ['power alone', compiled([step('on', powerOn), step('look', powerStatus), step('off', powerOff)]), 'alike'],
  ['constant parameters', compiled([boot('pxe')]), 'alike'],
  ['a condition', compiled([step('on', powerOn, { condition: inHall })]), 'own'],
  [
    'a condition in finally',
    compiled([step('on', powerOn)], { last: [step('off', powerOff, { condition: inHall })] }),
    'own',
  ],
  ['a parameter', compiled([boot('${{ computer.tags.boot }}')]), 'own'],
  [
    'a condition of a called job',
    compiled([{ id: 'prepare', steps: [step('on', powerOn)], condition: inHall }]),
    'own',
  ],
  [
    'an input of a called job',
    compiled([
      { id: 'prepare', steps: [boot('${{ inputs.device }}')], inputs: { device: '${{ computer.tags.boot }}' } },
    ]),
    'own',
  ],
];

test.each(jobs)('the plan of many computers is that of each alone: %s', (_, job, kind) => {
  const computers = fleet();
  const together = planFor(job, computers);
  for (const [index, computer] of computers.entries()) {
    expect(together.computers[index]).toEqual(planFor(job, [computer]).computers[0]);
  }
  expect(likenessIn(job.program) ? 'alike' : 'own').toBe(kind);
});
