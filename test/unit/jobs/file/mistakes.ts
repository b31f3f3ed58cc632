/** Job files with a mistake in each part, by what is wrong: the text, and what is said at which line and column. */
export type Mistake = readonly [what: string, text: string, ...problems: readonly string[]];

const head = "name: Job\ntargets: '*'\n";
const step = 'steps:\n  - uses: power.on\n';
/** Two lines of head and one of `steps:` come before. */
const steps = (text: string): string => `${head}steps:\n${text}`;
const withHead = (text: string): string => `${head}${text}\n${step}`;

export const mistakes: readonly Mistake[] = [
  // The file
  [
    'nothing at all',
    '',
    '1:1: "name" is missing: text is expected',
    '1:1: "targets" is missing: text is expected',
    '1:1: "steps" is missing: a list is expected',
  ],
  ['no mapping', '- a\n', '1:1: a mapping is expected, not a list'],
  [
    'an unknown key',
    `${head}stpes:\n  - uses: power.on\n`,
    '1:1: "steps" is missing: a list is expected',
    '3:1: "stpes" is not known here. Did you mean "steps"?',
  ],
  ['a key twice', `${head}name: again\n${step}`, '3:1: the key "name" is there twice'],
  ['a tabulator', `${head}steps:\n\t- uses: power.on\n`, '4:1: Tabs are not allowed as indentation'],
  ['two documents', `${head}${step}---\n${head}`, '5:1: one document is expected, without a second ---'],
  [
    'a password',
    withHead('password: abc'),
    '3:1: "password": secrets are never in this file; store them with `sideband secret set`',
  ],
  // name, description
  ['no name', `targets: '*'\n${step}`, '1:1: "name" is missing: text is expected'],
  ['an empty name', `name: ''\ntargets: '*'\n${step}`, '1:7: at least 1 character is expected'],
  ['a name that is a list', `name: [a]\ntargets: '*'\n${step}`, '1:7: text is expected, not a list'],
  [
    'an expression in the name',
    `name: 'Patch \${{ inputs.rack }}'\ntargets: '*'\ninputs: { rack: { default: r1 } }\n${step}`,
    '1:7: text is expected, without ${{ }}: it is taken as it is',
  ],
  ['a description that is a number', withHead('description: 5'), '3:14: text is expected, not a number'],
  // targets
  ['no targets', `name: Job\n${step}`, '1:1: "targets" is missing: text is expected'],
  ['targets that are a list', `name: Job\ntargets: [lab-01]\n${step}`, '2:10: text is expected, not a list'],
  [
    'targets that break their language',
    `name: Job\ntargets: 'lab-01 @@x'\n${step}`,
    '2:10: "@@x": a group is written @name',
  ],
  [
    'targets with a password',
    `name: Job\ntargets: ipmi://admin:secret@10.0.0.5\n${step}`,
    '2:10: a password does not belong into a URL',
  ],
  [
    'targets that name a computer’s field',
    `name: Job\ntargets: 'rack=\${{ computer.tags.rack }}'\n${step}`,
    '2:20: targets can name inputs alone: they say which computers',
  ],
  [
    'targets with an unknown input',
    `name: Job\ntargets: '\${{ inputs.rack }}'\ninputs: { rock: {} }\n${step}`,
    '2:22: no input is called "rack". Did you mean "rock"?',
  ],
  // inputs
  ['inputs that are a list', withHead('inputs: [rack]'), '3:9: a mapping is expected, not a list'],
  [
    'an input’s name with a space',
    withHead('inputs:\n  my rack: {}'),
    '4:3: a word of letters, digits, dashes and underscores is expected',
  ],
  [
    'an unknown key of an input',
    withHead('inputs:\n  rack: { defualt: r1 }'),
    '4:11: "defualt" is not known here. Did you mean "default"?',
  ],
  [
    'an unknown type',
    withHead('inputs:\n  rack: { type: strin }'),
    '4:17: one of string, number, boolean, choice is expected. Did you mean "string"?',
  ],
  [
    'a default of another type',
    withHead('inputs:\n  count: { type: number, default: many }'),
    '4:35: a number is expected',
  ],
  [
    'text for true or false',
    withHead("inputs:\n  fast: { type: boolean, default: 'yes' }"),
    '4:35: true or false is expected',
  ],
  [
    'a number for text',
    withHead('inputs:\n  rack: { default: 12 }'),
    "4:20: text is expected: write it in quotes, as '12'",
  ],
  [
    'an expression as an option',
    withHead("inputs:\n  rack: { type: choice, options: [r1, '${{ computer.site }}'] }"),
    '4:39: text is expected, without ${{ }}: it is taken as it is',
  ],
  [
    'an input for a password',
    withHead('inputs:\n  adminPassword: {}\n  bypass: { type: boolean }'),
    '4:3: "adminPassword": inputs are shown and recorded, so secrets are none; store them with `sideband secret set`',
  ],
  [
    'a choice without options',
    withHead('inputs:\n  rack: { type: choice }'),
    '4:17: a choice needs `options`: what can be chosen',
  ],
  ['options without a choice', withHead('inputs:\n  rack: { options: [a] }'), '4:11: `options` are for `type: choice`'],
  [
    'no option in options',
    withHead('inputs:\n  rack: { type: choice, options: [] }'),
    '4:34: at least 1 entry is expected',
  ],
  [
    'an option twice',
    withHead('inputs:\n  rack: { type: choice, options: [r1, r2, r1] }'),
    '4:43: "r1" is there twice',
  ],
  [
    'a default that is no option',
    withHead('inputs:\n  rack: { type: choice, options: [red, green], default: gren }'),
    '4:57: one of red, green is expected. Did you mean "green"?',
  ],
  [
    'a default that depends',
    withHead("inputs:\n  rack: { default: '${{ computer.tags.rack }}' }"),
    '4:20: a value is expected, without ${{ }}',
  ],
  // strategy
  [
    'an unknown key of the strategy',
    withHead('strategy: { concurency: 5 }'),
    '3:13: "concurency" is not known here. Did you mean "concurrency"?',
  ],
  ['no computer at once', withHead('strategy: { concurrency: 0 }'), '3:26: a number of at least 1 is expected'],
  ['half a computer', withHead('strategy: { perSite: 2.5 }'), '3:22: a whole number is expected'],
  [
    'a wave that is text',
    withHead('strategy: { waves: [1, many] }'),
    '3:24: a number of computers or a share such as 10% is expected',
  ],
  [
    'a wave of nobody',
    withHead('strategy: { waves: [0, 10%] }'),
    '3:21: a number of computers or a share such as 10% is expected',
  ],
  ['a wave of 0 %', withHead('strategy: { waves: [0%] }'), '3:21: a share above 0% is expected'],
  [
    'a wave above 100 %',
    withHead('strategy: { waves: [110%] }'),
    '3:21: a number of computers or a share such as 10% is expected',
  ],
  [
    'waves that fall',
    withHead('strategy: { waves: [1, 50%, 10%] }'),
    '3:29: at least 50% is expected: a wave counts those of the waves before it, too',
  ],
  [
    'a pause without a unit',
    withHead("strategy: { waves: [1], pause: '5' }"),
    '3:32: a duration such as 30s, 5m or 1h30m is expected',
  ],
  [
    'a pause that is a number',
    withHead('strategy: { waves: [1], pause: 5 }'),
    '3:32: a duration such as 30s, 5m or 1h30m is expected',
  ],
  [
    'a pause longer than a timer',
    withHead('strategy: { waves: [1], pause: 25d }'),
    '3:32: a duration of at most 24d is expected',
  ],
  [
    'a pause without waves',
    withHead('strategy: { pause: 5m }'),
    '3:13: `pause` is between waves, and there are no `waves`',
  ],
  [
    'a failFast below 0',
    withHead('strategy: { failFast: -1 }'),
    '3:23: a number of computers or a share such as 10% is expected, true for none, or false for all',
  ],
  [
    'a failFast that is a word',
    withHead('strategy: { failFast: never }'),
    '3:23: a number of computers or a share such as 10% is expected, true for none, or false for all',
  ],
  [
    'a spread that is none',
    withHead('strategy: { spread: long }'),
    '3:21: a duration such as 30s, 5m or 1h30m is expected',
  ],
  // schedule, timezone, windows
  [
    'a schedule and an input without a default',
    withHead("schedule: '0 2 * * 6'\ninputs:\n  rack: { default: r1 }\n  image: {}"),
    '6:3: "image" needs a default: nobody is asked when the job runs by its schedule',
  ],
  [
    'a schedule of four fields',
    withHead("schedule: '0 2 * *'"),
    '3:11: five fields are expected, minute, hour, day, month and day of the week, such as 0 2 * * 6, not 4',
  ],
  [
    'an hour that there is not',
    withHead("schedule: '0 25 * * *'"),
    '3:11: hour: a number from 0 to 23 is expected, not "25"',
  ],
  [
    'a weekday that there is not',
    withHead("schedule: { cron: '0 2 * * sunn' }"),
    '3:19: day of the week: a number from 0 to 7 or a name such as mon is expected, not "sunn". Did you mean "sun"?',
  ],
  ['a time that never comes', withHead("schedule: '0 0 31 2 *'"), '3:11: it is never due: no month of it has a day 31'],
  [
    'an unknown key of the schedule',
    withHead("schedule: { corn: '0 2 * * 6', cron: '0 2 * * 6' }"),
    '3:13: "corn" is not known here. Did you mean "cron"?',
  ],
  ['a schedule without times', withHead('schedule: { missed: once }'), '3:1: "cron" is missing: text is expected'],
  [
    'missed that is neither',
    withHead("schedule: { cron: '0 2 * * 6', missed: twice }"),
    '3:40: one of skip, once is expected',
  ],
  ['a schedule that is a number', withHead('schedule: 5'), '3:11: text or a mapping is expected'],
  [
    'a time zone that there is not',
    withHead('timezone: Europe/Berlim'),
    '3:11: a time zone such as Europe/Berlin is expected',
  ],
  [
    'a window without an end',
    withHead("windows: [{ from: '20:00' }]"),
    '3:11: "to" is missing: a time such as \'20:00\' is expected',
  ],
  [
    'a window at no time',
    withHead("windows: [{ from: '20:00', to: '25:00' }]"),
    "3:32: a time such as '20:00' is expected",
  ],
  [
    'a window on no day',
    withHead("windows: [{ days: [mo], from: '20:00', to: '04:00' }]"),
    '3:20: one of sun, mon, tue, wed, thu, fri, sat is expected. Did you mean "mon"?',
  ],
  [
    'a window in no time zone',
    withHead("windows: [{ from: '20:00', to: '04:00', timezone: Mars }]"),
    '3:51: a time zone such as Europe/Berlin is expected',
  ],
  // steps
  ['no steps', head, '1:1: "steps" is missing: a list is expected'],
  ['an empty list of steps', `${head}steps: []\n`, '3:8: at least 1 entry is expected'],
  ['a step that is a word', steps('  - power.on\n'), '4:5: a mapping is expected, not text'],
  ['a step without uses', steps('  - id: wake\n'), '4:5: "uses" is missing: text is expected'],
  [
    'an unknown operation',
    steps('  - uses: power.onn\n'),
    '4:11: no operation is called "power.onn". Did you mean "power.on"?',
  ],
  [
    'an operation far from all',
    steps('  - uses: process.start\n'),
    '4:11: no operation is called "process.start". `sideband operations` lists them.',
  ],
  [
    'an unknown key of a step',
    steps('  - uses: power.on\n    retry: 2\n'),
    '5:5: "retry" is not known here. Did you mean "retries"?',
  ],
  [
    'an expression in the name of a step',
    steps("  - name: 'Boot ${{ computer.name }}'\n    uses: power.on\n"),
    '4:11: text is expected, without ${{ }}: it is taken as it is',
  ],
  [
    'an id that is no word',
    steps('  - { id: 2nd, uses: power.on }\n'),
    '4:11: a word of letters, digits, dashes and underscores is expected',
  ],
  [
    'an id twice',
    steps('  - { id: wake, uses: power.on }\n  - { id: wake, uses: power.off }\n'),
    '5:11: the id "wake" is there twice',
  ],
  [
    'an id that another step gets by itself',
    steps('  - { id: step-2, uses: power.on }\n  - uses: power.off\n'),
    '4:11: the id "step-2" is there twice',
  ],
  [
    'an id of a step again in finally',
    `${steps('  - { id: a, uses: power.on }\n')}finally:\n  - { id: a, uses: power.off }\n`,
    '6:11: the id "a" is there twice',
  ],
  ['too many retries', steps('  - { uses: power.on, retries: 11 }\n'), '4:32: a number of at most 10 is expected'],
  [
    'a delay that is none',
    steps('  - { uses: power.on, retryDelay: soon }\n'),
    '4:35: a duration such as 30s, 5m or 1h30m is expected',
  ],
  ['no time at all', steps('  - { uses: power.on, timeout: 0s }\n'), '4:32: a duration above 0 is expected'],
  [
    'continueOnError that is a word',
    steps("  - { uses: power.on, continueOnError: 'yes' }\n"),
    '4:40: true or false is expected, not text',
  ],
  // with
  [
    'an unknown parameter',
    steps('  - uses: power.on\n    with: { timoutMs: 5 }\n'),
    '5:13: "timoutMs" is not known here. Did you mean "timeoutMs"?',
  ],
  [
    'a parameter of the wrong type',
    steps('  - uses: power.on\n    with: { timeoutMs: long }\n'),
    '5:24: a number is expected, not text',
  ],
  [
    'a parameter out of bounds',
    steps('  - uses: power.on\n    with:\n      timeoutMs: -5\n'),
    '6:18: a number more than 0 is expected',
  ],
  [
    'a value that is not offered',
    steps('  - uses: boot.override\n    with: { device: pxee }\n'),
    '5:21: one of pxe, disk, safe-mode, diagnostics, cd, bios, remote-cd, remote-floppy, remote-disk, remote-media, floppy, https, recovery, pba, none is expected. Did you mean "pxe"?',
  ],
  [
    'a parameter that is missing',
    steps('  - uses: network.filter\n    with: { set: open-ports }\n'),
    '5:5: "mode" is missing: one of block, allow-all is expected',
  ],
  [
    'no parameters where some are needed',
    steps('  - uses: network.filter\n'),
    '4:5: "mode" is missing: one of block, allow-all is expected',
  ],
  ['parameters without a value', steps('  - uses: power.on\n    with:\n'), '5:5: a mapping is expected, not nothing'],
  [
    'a parameter that lockKeyboard will be',
    steps('  - uses: power.on\n    with: { lockKeyboard: true }\n'),
    '5:13: "lockKeyboard" is not known here. Expected: timeoutMs.',
  ],
  [
    'a technology that is not there yet',
    steps('  - uses: wait.for\n    with: { technology: winrm, timeout: 10m }\n'),
    '5:25: one of amt, ipmi is expected',
  ],
  [
    'a mistake beside a template',
    steps("  - uses: network.filter\n    with: { mode: '${{ computer.tags.mode }}', pingLimit: -1 }\n"),
    '5:59: a number of at least 0 is expected',
  ],
  [
    'a mistake deep inside',
    steps('  - uses: console.script\n    with:\n      steps:\n        - expect: login\n        - sned: root\n'),
    '8:11: "sned" is not known here. Did you mean "send"?',
  ],
  [
    'an unknown parameter that is a template',
    steps("  - uses: power.on\n    with: { timeout: '${{ computer.tags.t }}' }\n"),
    '5:13: "timeout" is not known here. Did you mean "timeoutMs"?',
  ],
  // expressions
  [
    'an unknown input',
    `${head}inputs:\n  image: {}\nsteps:\n  - uses: boot.override\n    with: { device: '\${{ inputs.imge }}' }\n`,
    '7:33: no input is called "imge". Did you mean "image"?',
  ],
  [
    'a step that is not there',
    steps("  - { id: wake, uses: power.on }\n  - uses: power.off\n    if: steps.wkae.outcome == 'done'\n"),
    '6:15: no step before this one has the id "wkae". Did you mean "wake"?',
  ],
  [
    'a step that comes later',
    steps("  - uses: power.off\n    if: steps.wake.outcome == 'done'\n  - { id: wake, uses: power.on }\n"),
    '5:15: the step "wake" does not come before this one',
  ],
  [
    'the step itself',
    steps("  - id: wake\n    uses: power.on\n    if: steps.wake.outcome == 'done'\n"),
    '6:15: the step "wake" does not come before this one',
  ],
  [
    'an unknown field of a step',
    steps('  - { id: a, uses: power.on }\n  - uses: power.off\n    if: steps.a.output.power\n'),
    '6:17: "output" is not known here. Did you mean "outputs"?',
  ],
  [
    'an outcome that there is not',
    steps("  - { id: a, uses: power.on }\n  - uses: power.off\n    if: steps.a.outcome == 'dne'\n"),
    '6:28: one of done, already, unverified, failed, unknown, skipped, cancelled is expected. Did you mean "done"?',
  ],
  [
    'an unknown field of the computer',
    steps("  - uses: power.on\n    if: computer.sit == 'oslo'\n"),
    '5:18: "sit" is not known here. Did you mean "site"?',
  ],
  [
    'tags without a key',
    steps('  - uses: power.on\n    if: computer.tags\n'),
    '5:9: a tag is expected, as in computer.tags.site',
  ],
  [
    'an unknown name',
    steps("  - uses: power.on\n    if: env.CI == 'x'\n"),
    '5:9: "env" is not known here. Expected: inputs, computer, steps.',
  ],
  [
    'text without quotes',
    steps('  - uses: power.on\n    if: computer.site == oslo\n'),
    '5:26: "oslo" is not known here. Expected: inputs, computer, steps. Text is written in single quotes.',
  ],
  [
    'an unknown function',
    steps('  - uses: power.on\n    if: alwys()\n'),
    '5:9: no function is called "alwys". Did you mean "always"?',
  ],
  [
    'a function without brackets',
    steps('  - uses: power.on\n    if: always\n'),
    '5:9: always() is expected: it is a function',
  ],
  [
    'too few values',
    steps('  - uses: power.on\n    if: contains(computer.name)\n'),
    '5:9: contains() takes 2 values, not 1',
  ],
  [
    'a value for a function without any',
    steps('  - uses: power.on\n    if: failed(computer.name)\n'),
    '5:9: failed() takes no value',
  ],
  [
    'a status in a parameter',
    steps("  - uses: boot.override\n    with: { device: '${{ failed() }}' }\n"),
    '5:26: failed() is for conditions alone',
  ],
  ['one equals sign', steps("  - uses: power.on\n    if: computer.site = 'oslo'\n"), '5:23: == is expected'],
  [
    'double quotes',
    steps('  - uses: power.on\n    if: computer.site == "oslo"\n'),
    "5:26: text is written in single quotes, as in 'done'",
  ],
  [
    'an open quote',
    steps("  - uses: power.on\n    if: computer.site == 'oslo\n"),
    '5:26: the text has no quote at its end',
  ],
  [
    'an open bracket',
    steps("  - uses: power.on\n    if: (computer.site == 'oslo'\n"),
    '5:33: ) is expected at the end',
  ],
  [
    'nothing behind an operator',
    steps('  - uses: power.on\n    if: always() &&\n'),
    '5:20: a value is expected at the end',
  ],
  [
    'two values in a row',
    steps('  - uses: power.on\n    if: always() failed()\n'),
    '5:18: an operator such as == or && is expected, not failed',
  ],
  ['arithmetic', steps('  - uses: power.on\n    if: computer.tags.a + 1 > 2\n'), '5:25: there is no arithmetic'],
  [
    'half a condition in braces',
    steps('  - uses: power.on\n    if: ${{ always() }} && failed()\n'),
    '5:9: all of a condition stands in one ${{ }}, or without it',
  ],
  [
    'braces that do not end',
    steps("  - uses: boot.override\n    with: { device: '${{ inputs.x' }\n"),
    '5:22: }} is missing after this',
  ],
  [
    'nothing in braces',
    steps("  - uses: boot.override\n    with: { device: '${{ }}' }\n"),
    '5:25: a value is expected at the end',
  ],
  [
    'the second of two expressions',
    steps("  - uses: amt.wireless\n    with: { profile: '${{ computer.site }}-${{ computer.nam }}' }\n"),
    '5:57: "nam" is not known here. Did you mean "name"?',
  ],
  [
    'an option that an input never has',
    `${head}inputs:\n  rack: { type: choice, options: [r1, r2] }\nsteps:\n  - uses: power.on\n    if: inputs.rack == 'r3'\n`,
    '7:24: one of r1, r2 is expected. Did you mean "r1"?',
  ],
  ['a condition that is a number', steps('  - uses: power.on\n    if: 5\n'), '5:9: text or true or false is expected'],
  [
    'an expression in a quoted text with quotes',
    steps("  - uses: power.on\n    if: 'computer.site == ''oslo'' || computer.hots'\n"),
    '5:48: "hots" is not known here. Did you mean "host"?',
  ],
  [
    'an expression over two lines',
    steps("  - uses: power.on\n    if: >-\n      computer.site == 'oslo' ||\n      computer.hots == 'a'\n"),
    '5:9: "hots" is not known here. Did you mean "host"?',
  ],
  [
    'braces without quotes',
    steps('  - uses: boot.override\n    with: { device: ${{ inputs.x }} }\n'),
    "5:21: inside braces and brackets ${{ … }} is written in quotes, as in '${{ inputs.name }}'",
  ],
  [
    'a condition that YAML takes for a tag',
    steps('  - uses: power.on\n    if: !failed()\n'),
    "5:9: a condition that begins with ! is written in quotes, as in '!failed()'",
  ],
  [
    'a condition that YAML takes for a text',
    steps("  - uses: power.on\n    if: 'a' == computer.name\n"),
    "5:9: a condition that begins with a quote is written in ${{ }}, as in ${{ 'a' == inputs.name }}",
  ],
  [
    'a part of an input',
    `${head}inputs:\n  image: {}\nsteps:\n  - uses: power.on\n    if: inputs.image.name\n`,
    '7:22: inputs.image has no parts',
  ],
  ['a part of a field', steps('  - uses: power.on\n    if: computer.name.first\n'), '5:23: computer.name has no parts'],
  [
    'a part of an outcome',
    steps('  - { id: a, uses: power.on }\n  - uses: power.off\n    if: steps.a.outcome.power\n'),
    '6:25: an outcome has no parts',
  ],
  [
    'a step without a field',
    steps('  - { id: a, uses: power.on }\n  - uses: power.off\n    if: steps.a\n'),
    '6:9: steps.a.outcome or steps.a.outputs is expected',
  ],
  [
    'steps without an id',
    steps('  - uses: power.on\n    if: steps\n'),
    '5:9: the id of a step is expected, as in steps.wake.outcome',
  ],
  [
    'inputs without a name',
    steps('  - uses: power.on\n    if: inputs\n'),
    '5:9: an input is expected, as in inputs.name',
  ],
  [
    'a computer without a field',
    steps('  - uses: power.on\n    if: computer\n'),
    '5:9: a field is expected after computer: name, host, site, tags',
  ],
  [
    'too long an expression',
    steps(`  - uses: power.on\n    if: ${'always() && '.repeat(200)}always()\n`),
    '5:9: an expression of at most 2000 characters is expected',
  ],
  [
    'too deep an expression',
    steps(`  - uses: power.on\n    if: ${'('.repeat(51)}always()${')'.repeat(51)}\n`),
    '5:60: this is nested too deeply',
  ],
  ['a foreign character', steps('  - uses: power.on\n    if: always() § failed()\n'), '5:18: "§" has no meaning here'],
  [
    'a tag with brackets',
    steps("  - uses: power.on\n    if: computer.tags['site']\n"),
    '5:22: a dot and a name are expected, not [',
  ],
  // finally
  [
    'finally that is a mapping',
    `${head}${step}finally: { uses: power.off }\n`,
    '5:10: a list is expected, not a mapping',
  ],
  [
    'an unknown operation in finally',
    `${head}${step}finally:\n  - uses: pwoer.off\n`,
    '6:11: no operation is called "pwoer.off". Did you mean "power.off"?',
  ],
  [
    'a later step in finally',
    `${head}${step}finally:\n  - uses: power.off\n    if: steps.b.outcome == 'done'\n  - { id: b, uses: power.on }\n`,
    '7:15: the step "b" does not come before this one',
  ],
  // run.job and power.restore
  ['a call without a job', steps('  - uses: run.job\n'), '4:5: "job" is missing: text is expected'],
  [
    'a called file outside',
    steps('  - uses: run.job\n    with: { job: ../other.yaml }\n'),
    '5:18: a file in the folder of this one is expected, or in a folder in it, with / between',
  ],
  [
    'a called file of another kind',
    steps('  - uses: run.job\n    with: { job: other.txt }\n'),
    '5:18: a file whose name ends in .yaml is expected',
  ],
  [
    'a called file that depends',
    steps("  - uses: run.job\n    with: { job: '${{ computer.site }}.yaml' }\n"),
    '5:18: a file is expected: the jobs that are called are known before the run',
  ],
  [
    'an unknown key of a call',
    steps('  - uses: run.job\n    with: { job: a.yaml, input: {} }\n'),
    '5:26: "input" is not known here. Did you mean "inputs"?',
  ],
  [
    'retries of a call',
    steps('  - uses: run.job\n    retries: 2\n    with: { job: a.yaml }\n'),
    '5:5: `retries` is for operations: the steps of the called job have their own',
  ],
  [
    'something put back that is not there',
    `${steps('  - { id: wake, uses: power.on }\n')}finally:\n  - uses: power.restore\n    with: { from: wkae }\n`,
    '7:19: no step before this one has the id "wkae". Did you mean "wake"?',
  ],
  [
    'something put back that comes later',
    steps('  - uses: power.restore\n    with: { from: wake }\n  - { id: wake, uses: power.on }\n'),
    '5:19: the step "wake" does not come before this one',
  ],
  [
    'something put back that changes nothing',
    steps('  - { id: look, uses: power.status }\n  - uses: power.restore\n    with: { from: look }\n'),
    '6:19: the step "look" changes nothing that could be put back',
  ],
];
