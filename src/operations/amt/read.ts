import * as z from 'zod';
import { blockYaml } from '../../base/yaml/flowYaml';
import { amt } from '../../technologies/amt/amt';
import { classPattern, readAnyClass } from '../../technologies/amt/anyClass';
import { defineOperation } from '../operation';

export const amtRead = defineOperation(
  {
    id: 'amt.read',
    title: 'Read Any Class',
    description: 'Reads all instances of a CIM class as the device has them, also of classes that no node shows.',
    danger: 'safe',
    kind: 'read',
    repeatable: true,
    parameters: z.strictObject({
      class: z
        .string()
        .regex(classPattern, 'a class such as AMT_GeneralSettings or CIM_Fan is expected')
        .describe('The class: AMT_…, CIM_… or IPS_…'),
    }),
    example: { class: 'CIM_Fan' },
  },
  (via) => [
    via(amt, {
      async run(client, parameters, { signal }) {
        const instances = await readAnyClass(client, parameters.class, signal);
        // For people; scripts take the instances.
        return { outcome: 'done', value: { instances, yaml: blockYaml(instances) } };
      },
    }),
  ],
);
