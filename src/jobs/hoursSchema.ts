import * as z from 'zod';
import { isTimeZone } from '../base/timeZone';

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const time = z
  .string("a time such as '20:00' is expected")
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time such as '20:00' is expected")
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

/** An IANA name of a time zone. */
export const timeZone = z.string().refine(isTimeZone, 'a time zone such as Europe/Berlin is expected');

/** Hours of days, as the policy and jobs have them. */
export const hours = z.strictObject({
  days: z.array(z.enum(days)).min(1).optional().describe('The days on which the hours begin; left out: every day'),
  from: time.describe('When the hours begin'),
  to: time.describe('When they end; earlier than `from` means the next day'),
  timezone: timeZone.describe('The time zone of the hours'),
});
