import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BadHttpRequest, HttpRequests } from '../../../../src/simulators/amt/wire/httpRequest';
import { readRequest } from '../../../../src/simulators/amt/wire/readRequest';
import { WsmanService } from '../../../../src/simulators/amt/wsmanService';
import { readRecording } from './recordings';
import { Soap } from './soap';

const caller = { account: 'admin', isSecure: true, from: '127.0.0.1' };

test('requests come out whole, however the stream is cut', () => {
  const stream = Buffer.from(
    'POST /wsman HTTP/1.1\r\nContent-Length: 5\r\n\r\nhelloPOST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n' +
      '3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\nGET / HTTP/1.0\r\n\r\n',
  );
  const expected = [
    ['POST', '/wsman', 'hello', true],
    ['POST', '/a', 'abcde', true],
    ['GET', '/', '', false],
  ];
  const cuts = fc.array(fc.nat({ max: stream.length }), { maxLength: 20 });
  fc.assert(
    fc.property(cuts, (places) => {
      const requests = new HttpRequests();
      const found: unknown[] = [];
      const borders = [0, ...places.sort((a, b) => a - b), stream.length];
      for (const [at, start] of borders.slice(0, -1).entries()) {
        for (const request of requests.receive(stream.subarray(start, borders[at + 1]))) {
          const { method, target, body, keepAlive } = request;
          found.push([method, target, body.toString(), keepAlive]);
        }
      }
      expect(found).toEqual(expected);
      expect(requests.isWaiting).toBe(false);
    }),
  );
});

test('bytes of any kind are a request, part of one, or a bad one', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }), (chunks) => {
      const requests = new HttpRequests();
      try {
        for (const chunk of chunks) expect([...requests.receive(Buffer.from(chunk))]).toBeInstanceOf(Array);
      } catch (error) {
        expect(error).toBeInstanceOf(BadHttpRequest);
      }
    }),
  );
});

test('an envelope with anything changed is answered, and is no mistake of the simulator', () => {
  const original = readRecording('amt/boot/settingdata/put.xml');
  const soap = new Soap({ profile: '16.1' });
  const service = new WsmanService(soap.device);
  const change = fc.record({
    at: fc.nat({ max: original.length }),
    removed: fc.nat({ max: 40 }),
    put: fc.oneof(
      fc.string(),
      fc.constantFrom('<', '>', '</', 'true', '-1', '99999999999', '&amp;', 'Get', '__proto__'),
    ),
  });
  let answered = 0;
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const text = changes.reduce(
        (old, { at, removed, put }) => old.slice(0, at) + put + old.slice(at + removed),
        original,
      );
      const request = readRequest(Buffer.from(text));
      if (!request) return;
      answered++;
      expect([200, 400]).toContain(service.answer(request, caller).status);
    }),
    { numRuns: 500 },
  );
  expect(soap.device.errors).toEqual([]);
  expect(answered).toBeGreaterThan(10);
});
