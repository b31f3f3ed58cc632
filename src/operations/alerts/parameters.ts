import * as z from 'zod';
import { webUrl } from '../webUrl';

/** In the schema of parameters that most users leave alone. */
const advanced = { advanced: true };

/** Intel AMT takes no longer address of a collector. */
const longestUrl = 253;

export const alertParameters = z
  .strictObject({
    address: z.ipv4().optional().describe('The IPv4 address that SNMP traps are sent to'),
    protocol: z
      .enum(['snmp', 'ws-eventing'])
      .default('snmp')
      .describe('How alerts come: as SNMP traps, or as WS-Eventing messages, which Intel AMT alone sends'),
    action: z
      .enum(['subscribe', 'unsubscribe', 'remove-all'])
      .default('subscribe')
      .describe('remove-all takes back every subscription of the protocol, whoever made it (Intel AMT)'),
    url: webUrl(/^https?$/)
      .max(longestUrl)
      .optional()
      .describe('Where WS-Eventing messages are posted to; https from Intel AMT 11 on'),
    delivery: z
      .enum(['push', 'push-ack'])
      .default('push')
      .describe('Whether the device sends a WS-Eventing message again until the collector has acknowledged it'),
    filter: z
      .string()
      .min(1)
      .max(64)
      .default('All')
      .describe(
        'Which events are sent by WS-Eventing: the name of one of the device’s filters, such as All or Features',
      ),
    opaque: z
      .string()
      .min(1)
      .max(253)
      .optional()
      .describe('A text that comes back with every WS-Eventing message, to tell computers apart')
      .meta(advanced),
    user: z
      .string()
      .min(1)
      .max(63)
      .optional()
      .describe('The user as whom the device logs in to the collector of WS-Eventing messages')
      .meta(advanced),
    passwordOf: z
      .string()
      .min(1)
      .optional()
      .describe('The profile under whose name the password of that user is stored')
      .meta(advanced),
    removeForeign: z
      .boolean()
      .default(false)
      .describe('First remove the subscriptions that send elsewhere (Intel AMT)')
      .meta(advanced),
    partial: z
      .boolean()
      .default(false)
      .describe('Go on when one of several changes fails, and name it in the result (Intel AMT)')
      .meta(advanced),
    communityOf: z
      .string()
      .min(1)
      .optional()
      .describe('The profile under whose name the community string is stored; without it the controller keeps its own'),
    allEvents: z
      .boolean()
      .default(false)
      .describe('Send every event as a trap, by a filter of its own; otherwise the filters decide as they are'),
    policy: z.int().min(1).max(15).default(1).describe('The policy that the filters of traps name'),
    destination: z
      .int()
      .min(1)
      .max(15)
      .default(1)
      .describe('IPMI: the destination of the channel to use; it is overwritten'),
    channel: z.int().min(1).max(11).default(1).describe('IPMI: the number of the controller’s LAN channel'),
    entry: z
      .int()
      .min(1)
      .max(127)
      .default(1)
      .describe('IPMI: the entry of the alert policy table to use; it is overwritten'),
  })
  .superRefine(({ action, protocol, address, url, user, passwordOf }, context) => {
    const missing = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message });
    };
    if (action !== 'remove-all' && protocol === 'snmp' && address === undefined) {
      missing('address', 'an IPv4 address is expected: where the traps are sent to');
    }
    if (action !== 'remove-all' && protocol === 'ws-eventing' && url === undefined) {
      missing('url', 'a URL is expected: where the messages are posted to');
    }
    if ((user === undefined) !== (passwordOf === undefined)) {
      missing(user === undefined ? 'user' : 'passwordOf', 'user and passwordOf are given together');
    }
  });

export type AlertParameters = z.output<typeof alertParameters>;
