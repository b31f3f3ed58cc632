// The same three steps of nothing by ansible-playbook, on hosts that it reaches without any network.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const strategies = ['linear', 'free'] as const;
export type Strategy = (typeof strategies)[number];

export interface AnsibleRun {
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

const configuration = `[defaults]
forks = 50
gathering = explicit
display_ok_hosts = False
nocolor = True
localhost_warning = False
[inventory]
enable_plugins = ini
[connection]
pipelining = True
`;
const perGroup = 250;

/**
 * As fast as it goes: no facts, no line for each task of each host, and a module that is done within the forked process, so that no Python
 * is started for it. More forks than processors matter little.
 */
export function writePlaybook(folder: string, count: number, stepsEach: number): (strategy: Strategy) => AnsibleRun {
  const inventory = join(folder, 'inventory.ini');
  const groups = Math.ceil(count / perGroup);
  const hosts = Array.from({ length: groups }, (_, group) => {
    return `b${group}n[1:${Math.min(perGroup, count - group * perGroup)}] ansible_connection=local`;
  });
  writeFileSync(inventory, `${hosts.join('\n')}\n`);
  const settings = join(folder, 'ansible.cfg');
  writeFileSync(settings, configuration);
  return (strategy) => {
    const playbook = join(folder, `${strategy}.json`);
    const tasks = Array.from({ length: stepsEach }, (_, index) => ({
      name: `step ${index + 1}`,
      'ansible.builtin.debug': { msg: 'nothing' },
    }));
    // A playbook in YAML is read longer.
    writeFileSync(playbook, JSON.stringify([{ hosts: 'all', gather_facts: false, strategy, tasks }]));
    return {
      command: ['ansible-playbook', '-i', inventory, playbook],
      env: { ANSIBLE_CONFIG: settings },
    };
  };
}

/** Of the lines that sum up each host. */
export function completeHosts(output: string, stepsEach: number): number {
  return output.match(new RegExp(`: ok=${stepsEach} .*unreachable=0 .*failed=0 `, 'g'))?.length ?? 0;
}
