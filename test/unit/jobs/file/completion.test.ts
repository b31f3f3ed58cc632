import { expect, test } from 'vitest';
import { suggest } from '../../../../src/base/yaml/suggest';
import { builtInDefinitions } from '../../../../src/fleet/definitions';
import { parseFleet } from '../../../../src/fleet/fleetFile';
import { jobJsonSchema } from '../../../../src/jobs/file/jobSchema';
import { knownJobValues } from '../../../../src/jobs/file/knownValues';
import { technologies } from '../../../../src/technologies';

const { fleet } = parseFleet(
  `version: 1
profiles: { bmc: { ipmi: { user: admin } }, office: { amt: { user: admin } } }
computers:
  'lab-[01-02]': { profile: bmc, tags: { site: oslo } }
groups: { build: { tags: { site: oslo } } }
`,
  'fleet.yaml',
  technologies,
);
const schema = jobJsonSchema();
const known = { fleet: fleet!, definitions: builtInDefinitions, jobFiles: ['wake.yaml', 'sub/end.yaml'] };

/** The labels at the `|` of the text. */
function at(marked: string): readonly string[] {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  return suggest(text, offset, schema, (path) => knownJobValues(path, text, offset, known)).map(({ label }) => label);
}

const head = "name: Job\ntargets: '*'\ninputs:\n  who: {}\n  # how many\n  count: { type: number }\n";

test.each<[marked: string, labels: readonly string[]]>([
  ['str|', ['strategy']],
  ['strategy: { |', ['concurrency', 'perSite', 'waves', 'pause', 'failFast', 'spread']],
  ['strategy:\n  failFast: |', ['true', 'false']],
  ['inputs:\n  who:\n    type: |', ['string', 'number', 'boolean', 'choice']],
  ['inputs: { who: { t|', ['type']],
  ['schedule: { |', ['cron', 'timezone', 'missed']],
  ['schedule: { missed: |', ['skip', 'once']],
  ['timezone: Europe/Berl|', ['Europe/Berlin']],
  ['windows:\n  - days: [s|', ['sun', 'sat']],
  ['windows:\n  - |', ['days', 'from', 'to', 'timezone']],
  ['targets: |', ['@build', 'site=oslo', 'lab-01', 'lab-02']],
  ['targets: lab-01 @b|', ['@build']],
  [`${head}x: 1`.replace("'*'", "'${{ |"), ['inputs.who', 'inputs.count']],
  [`${head}steps:\n  - uses: power.res|`, ['power.reset', 'power.restorePolicy', 'power.restore']],
  [`${head}steps:\n  - uses: run.|`, ['run.job']],
  [
    `${head}steps:\n  - uses: power.on\n    |`,
    ['id', 'name', 'with', 'if', 'retries', 'retryDelay', 'timeout', 'continueOnError'],
  ],
  [`${head}steps:\n  - uses: power.on\n    with: { |`, ['timeoutMs']],
  [`${head}steps:\n  - uses: network.filter\n    with:\n      mode: |`, ['block', 'allow-all']],
  [`${head}steps:\n  - uses: network.filter\n    with:\n      set: |`, ['open-ports']],
  [`${head}steps:\n  - uses: network.filter\n    with:\n      mode: block\n      an|`, ['antiSpoofing']],
  [
    `${head}finally:\n  - uses: boot.override\n    with: { device: re|`,
    ['remote-cd', 'remote-floppy', 'remote-disk', 'remote-media', 'recovery'],
  ],
  [`${head}steps:\n  - uses: inventory.read\n    with: { node: physical|`, ['physical-memory']],
  [
    `${head}steps:\n  - uses: console.script\n    with:\n      steps:\n        - send|`,
    ['send', 'sendSecret', 'sendBreak'],
  ],
  [`${head}steps:\n  - uses: console.script\n    with:\n      steps:\n        - sendSecret: |`, []],
  [`${head}steps:\n  - uses: user.setPassword\n    with: { passwordOf: |`, ['bmc', 'office']],
  [`${head}steps:\n  - uses: run.job\n    with: { |`, ['job', 'inputs']],
  [`${head}steps:\n  - uses: run.job\n    with: { job: |`, ['wake.yaml', 'sub/end.yaml']],
  [
    `${head}steps:\n  - { id: wake, uses: power.on }\n  - id: cut\n    uses: power.off\nfinally:\n  - id: back\n    uses: power.restore\n    with: { from: |`,
    ['wake', 'cut'],
  ],
  [`${head}steps:\n  - uses: power.on\n    if: inp|`, ['inputs.who', 'inputs.count']],
  [`${head}steps:\n  - uses: power.on\n    if: "computer.site == 'x' && computer.t|`, ['computer.tags.site']],
  [
    `${head}steps:\n  - id: wake\n    uses: power.on\n  - uses: power.off\n    if: steps.|`,
    ['steps.wake.outcome', 'steps.wake.outputs'],
  ],
  [
    `${head}steps:\n  - id: wake\n    uses: power.on\n  - uses: power.off\n    if: steps.wake.outcome == 'd|`,
    ["'done'"],
  ],
  [`${head}steps:\n  - uses: power.on\n    if: al|`, ['always()']],
  [`${head}steps:\n  - uses: boot.override\n    with: { device: '\${{ inputs.w|`, ['inputs.who']],
  [`${head}steps:\n  - uses: boot.override\n    with: { device: '\${{ inputs.who }}', power: r|`, ['reset']],
])('%j', (marked, labels) => {
  expect(at(marked)).toEqual(labels);
});
