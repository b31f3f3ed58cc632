import * as z from 'zod';
import { expect, test } from 'vitest';
import { describeIssue } from '../../../src/base/describeIssue';

test.each<[z.ZodType, unknown, string]>([
  [z.number(), 'x', 'a number is expected, not text'],
  [z.int().positive(), -1, 'a number more than 0 is expected'],
  [z.number().min(1), 0, 'a number of at least 1 is expected'],
  [z.number().lt(10), 10, 'a number less than 10 is expected'],
  [z.string().min(1), '', 'at least 1 character is expected'],
  [z.ipv4(), '300.1.1.1', 'an IPv4 address is expected'],
  [z.ipv6(), 'x', 'an IPv6 address is expected'],
  [z.guid(), 'x', 'a GUID is expected'],
  [z.url(), 'x', 'a URL is expected'],
  [z.string().regex(/^a/, 'something with an a is expected'), 'x', 'something with an a is expected'],
])('%#', (schema, value, sentence) => {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  expect(issue && describeIssue(issue, value)).toBe(sentence);
});
