/** The jobs of the demo folder, by their file's name: each shows something that real ones are made of. */
export const demoJobs: Readonly<Record<string, string>> = {
  'patch.yaml': `# Wakes what is off, patches it by a network boot, and leaves every computer as it was found.
name: Wake, patch, restore
description: Boots the patch image of the network once, on one computer first, then on a tenth, then on all.
targets: '\${{ inputs.who }}'
inputs:
  who: { default: 'site=oslo !puzzle-*', description: Which computers are patched }
strategy: { concurrency: 50, perSite: 10, waves: [1, 25%, 100%], pause: 1s, failFast: 20% }
schedule: { cron: '0 2 * * sat', missed: skip }
timezone: Europe/Oslo
steps:
  - id: wake
    name: Wake
    uses: power.on
  - name: Wait until it is on
    uses: wait.for
    with: { power: 'on', timeout: 2m }
  - id: patch
    name: Boot the patch image
    uses: boot.override
    with: { device: pxe, power: reset }
  - name: Wait for the image
    uses: wait.for
    with: { power: 'on', timeout: 5m }
    retries: 1
finally:
  - name: Put back as it was
    uses: power.restore # turns off again only those that \`wake\` turned on
    with: { from: wake }
`,
  'bios-setup.yaml': `# Boots a rack into the setup of its firmware, for somebody who walks along it.
name: BIOS setup of a rack
targets: 'rack=\${{ inputs.rack }} !puzzle-*'
inputs:
  rack: { type: choice, options: [r1, r2, r3, r4, r5, r6, r7], default: r1, description: The rack }
strategy: { perSite: 20 }
steps:
  - id: state
    uses: power.status
  - uses: boot.override
    if: steps.state.outputs.power == 'on'
    with: { device: bios, power: reset }
  - uses: boot.override
    if: steps.state.outputs.power != 'on'
    with: { device: bios, power: 'on' }
  - uses: identify
    continueOnError: true # not every controller has a light
`,
  'quarantine.yaml': `# Cuts computers off in their network adapters, while AMT still reaches them; run it again with mode allow-all to let them back.
name: Quarantine
targets: '\${{ inputs.who }}'
inputs:
  who: { description: 'The computers, as targets' }
  mode: { type: choice, options: [block, allow-all], default: block }
steps:
  - id: filter
    uses: network.filter
    with: { mode: '\${{ inputs.mode }}' }
  - name: Keep what the filter counts
    if: steps.filter.outcome == 'done'
    uses: inventory.read
    with: { node: network-filters }
`,
  'inventory.yaml': `# Reads what every computer is made of; take it along with --report csv=inventory.csv.
name: Inventory report
targets: '* !puzzle-*'
schedule: '30 6 * * mon-fri'
timezone: Europe/Berlin
steps:
  - id: summary
    name: Summary
    uses: inventory.read
    with: { node: summary }
  - name: Memory
    uses: inventory.read
    with: { node: physical-memory }
    continueOnError: true
`,
};
