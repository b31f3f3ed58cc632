import * as z from 'zod';
import { type AddressRange, InvalidAddress, parseAddresses } from './addresses';
import { antiSpoofings } from './filterSet';
import { etherTypes, protocols, unknownName } from './names';
import { parsePorts, type PortRange } from './ports';
import { actions, verdicts } from './treatment';

/** The device keeps 16 characters of a name, and ours need 5 or 6 of them to be told from others. */
export const longestSetName = 11;
export const longestFilterName = 10;

/** What stands for the console's address, which is given when a set is put on a computer. */
export const consoleWord = 'console';

const etherTypeNames = Object.keys(etherTypes) as (keyof typeof etherTypes)[];
const protocolNames = Object.keys(protocols) as (keyof typeof protocols)[];
/** From 0x0600 on: below it the field is a length. */
const hexadecimal = /^0[xX](0[6-9A-Fa-f]|[1-9A-Fa-f][0-9A-Fa-f])[0-9A-Fa-f]{2}$/;

const etherType = z
  .union([z.enum(etherTypeNames), z.int().min(0x0600).max(0xffff), z.string().regex(hexadecimal, { abort: true })], {
    error: ({ input }) => unknownName(etherTypes, input),
  })
  .transform((value) => (value in etherTypes ? etherTypes[value as keyof typeof etherTypes] : Number(value)))
  .describe('Frames of this EtherType: a name, or a number such as 0x88CC');

const protocol = z
  .union([z.enum(protocolNames), z.int().min(0).max(255)], { error: ({ input }) => unknownName(protocols, input) })
  .transform((value) => (typeof value === 'number' ? value : protocols[value]))
  .describe('The IP protocol: a name or its number');

const ports = z
  .union([z.int(), z.string()], 'a port such as 53 or a range such as 137-139 is expected')
  .transform((value, context): PortRange => {
    const found = parsePorts(String(value));
    if (found) return found;
    context.addIssue('a port such as 53 or a range such as 137-139 is expected');
    return z.NEVER;
  });

const addresses = z
  .string('an address in quotes is expected')
  .transform((text, context): AddressRange => toAddresses(text, context) ?? z.NEVER);

const remoteAddress = z
  .string('an address in quotes is expected')
  .transform((text, context): AddressRange | typeof consoleWord =>
    text === consoleWord ? consoleWord : (toAddresses(text, context) ?? z.NEVER),
  );

const filter = z.strictObject({
  name: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9 ._/-]*$/,
      'a name of letters, digits, spaces, dots, slashes, dashes and underscores is expected',
    )
    .max(
      longestFilterName,
      `a name of at most ${longestFilterName} characters is expected: the device keeps no longer ones`,
    )
    .describe(`What it is for, such as DNS; at most ${longestFilterName} characters`),
  direction: z
    .enum(['both', 'outbound', 'inbound'])
    .default('both')
    .describe('Seen from the computer: outbound is what it sends. `both` makes two filters'),
  action: z
    .enum(actions)
    .default('pass')
    .describe('What is done with the packets; `count` counts them, `event` makes the first one an event'),
  packetsPerSecond: z
    .int()
    .min(1)
    .max(0xffff_ffff)
    .optional()
    .describe('How many pass in each second, for `action: limit`'),
  etherType: etherType.optional(),
  ip: z
    .literal([4, 6], '4 or 6 is expected')
    .optional()
    .describe('The IP version; left out: that of the addresses, or else 4'),
  protocol: protocol.optional(),
  remotePort: ports.optional().describe('The port of the other side, or a range; needs `protocol: tcp` or `udp`'),
  localPort: ports.optional().describe('The port of the computer itself, or a range; needs `protocol: tcp` or `udp`'),
  remoteAddress: remoteAddress
    .optional()
    .describe(
      'The other side: an address, a subnet, a range, or `console` for the console that is named when the set is used',
    ),
  localAddress: addresses.optional().describe('The computer’s own address, a subnet or a range'),
});

const otherwise = z.enum(verdicts).default('drop count');

/** The whole of a file in `.sideband/filters`. */
export const filterSetSchema = z.strictObject({
  version: z.literal(1).describe('The version of this file’s format: 1'),
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'a name of small letters, digits and dashes is expected')
    .max(longestSetName, `a name of at most ${longestSetName} characters is expected: the device keeps no longer ones`)
    .describe(`The name by which \`network.filter\` takes it; at most ${longestSetName} characters`),
  title: z.string().min(1).max(100).optional().describe('What it is, in a few words'),
  description: z.string().min(1).optional().describe('What it is for, and what to know before it is used'),
  default: z
    .strictObject({
      outbound: otherwise.describe('What is done with everything else that the computer sends'),
      inbound: otherwise.describe('What is done with everything else that it is sent'),
    })
    .prefault({})
    .describe('What is done with packets that no filter matches'),
  antiSpoofing: z
    .enum(antiSpoofings)
    .default('off')
    .describe('Drops packets that the computer sends under an address that is not its own'),
  pingLimit: z
    .int()
    .min(0)
    .max(0xffff_ffff)
    .default(10)
    .describe('How many packets of ICMP pass in each second and direction; 0 leaves them to the other filters'),
  filters: z
    .array(filter)
    .default([])
    .describe('The packets that are told apart; whatever one of them drops does not pass'),
});

export type FilterSetFile = z.output<typeof filterSetSchema>;
export type FilterOfFile = FilterSetFile['filters'][number];

/** The JSON Schema that editors complete and check by. */
export function filterSetJsonSchema(): object {
  return z.toJSONSchema(filterSetSchema, { target: 'draft-7', io: 'input' });
}

function toAddresses(text: string, context: z.core.$RefinementCtx): AddressRange | undefined {
  try {
    return parseAddresses(text);
  } catch (thrown) {
    if (!(thrown instanceof InvalidAddress)) throw thrown;
    context.addIssue(thrown.message);
    return undefined;
  }
}
