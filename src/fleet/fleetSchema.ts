import * as z from 'zod';
import { technologyNames } from './technologyName';
import type { TechnologySchema } from './technologySchema';

const namePattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$/;
const name = z.string().regex(namePattern, 'a name of letters, digits, dots, dashes and underscores is expected');
const tags = z
  .record(name, z.union([z.string(), z.number(), z.boolean()], 'text is expected').transform(String))
  .describe('Words to group and select by; limits and the policy go by `site`');

const computer = z.strictObject({
  host: z
    .string()
    .regex(/^[A-Za-z0-9_.:%{}-]+$/, 'a name or an address is expected')
    .refine(
      (host) => !/^[^:]+:\d+$/.test(host),
      'a name or an address without a port is expected: `port` stands in the profile',
    )
    .optional()
    .describe(
      'Name or address of the controller; `{}` stands for what the range in the name stood for. Left out: the name',
    ),
  ports: z
    .partialRecord(z.enum(technologyNames), z.int().min(1).max(65535))
    .default({})
    .describe('Ports of single technologies, where they differ from the profile’s'),
  mac: z
    .string()
    .regex(/^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$/, "a MAC address such as '00:11:22:33:44:55' is expected")
    .optional()
    .describe('Hardware address, for Wake-on-LAN'),
  profile: z.string().optional().describe('The connection profile that reaches it'),
  tags: tags.default({}),
});

const group = z.strictObject({
  tags: tags.optional().describe('The computers that have all these tags'),
  targets: z.string().optional().describe('The computers that these targets mean'),
});

const limits = z.strictObject({
  concurrency: z.int().min(1).max(10_000).default(1024).describe('Computers at once'),
  perSite: z.int().min(1).optional().describe('Computers of one site at once'),
});

const later = z
  .record(z.string(), z.unknown())
  .describe('This version does not speak it yet: the section is kept, and its options are not checked');

/** The whole of `.sideband/fleet.yaml`. Sections of technologies that are not built yet are accepted unread. */
export function fleetSchema(technologies: readonly TechnologySchema[]) {
  const sections = technologyNames.map((technology) => {
    const known = technologies.find((one) => one.name === technology);
    const section = known?.options.describe(`How ${known.title} reaches a computer`) ?? later;
    return [technology, section.optional()] as const;
  });
  const profile = z.strictObject(Object.fromEntries(sections)).describe('One section for each technology');
  return z.strictObject({
    version: z.literal(1).describe('The version of this file’s format: 1'),
    profiles: z.record(name, profile).default({}).describe('How computers are reached; never with a secret'),
    computers: z
      .record(z.string(), computer)
      .default({})
      .describe("The computers by name; a range such as 'node[001-250]' stands for many"),
    groups: z.record(name, group).default({}).describe('Named sets of computers, used as @name'),
    limits: limits.prefault({}).describe('How much at once'),
  });
}

export type FleetFile = z.output<ReturnType<typeof fleetSchema>>;

export function isName(text: string): boolean {
  return namePattern.test(text);
}

/** The JSON Schema that editors complete and check by. */
export function fleetJsonSchema(technologies: readonly TechnologySchema[]): object {
  return z.toJSONSchema(fleetSchema(technologies), { target: 'draft-7', io: 'input', unrepresentable: 'any' });
}
