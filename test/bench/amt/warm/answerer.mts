// A device that knows one answer, and gives it faster than anybody can ask: it wants a login but believes any.
import { type AddressInfo, createServer, type Server } from 'node:net';

const server = 'Server: Intel(R) Active Management Technology 16.1.25.2124\r\n';
const challenge = `HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm="Digest:A4070000000000000000000000000000", nonce="3YyIbgQAAAAAAAAA0FzM2Kq8R6Gg3xUk",stale="false",qop="auth"\r\n${server}Content-Length: 0\r\n\r\n`;
const head = `HTTP/1.1 200 OK\r\n${server}X-Frame-Options: DENY\r\nContent-Type: application/soap+xml; charset=UTF-8\r\nTransfer-Encoding: chunked\r\n\r\n`;
/** As devices cut their answers. */
const firstChunk = 0x0220;
const laterChunk = 0x02fa;

/** Its one answer, in two parts around the number of the message that it answers. */
export interface OneAnswer {
  readonly parts: readonly [before: string, after: string];
}

/** For `startSimulator`: listens on the loopback. */
export async function start(
  answer: OneAnswer,
): Promise<{ readonly facts: { readonly port: number }; stats(): object }> {
  const listening = answerer(answer);
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return { facts: { port: (listening.address() as AddressInfo).port }, stats: () => ({}) };
}

function answerer({ parts: [before, after] }: OneAnswer): Server {
  return createServer({ noDelay: true }, (socket) => {
    let received = '';
    socket.setEncoding('latin1').on('error', () => undefined);
    socket.on('data', (text: string) => {
      received += text;
      for (let end = endOf(received); end !== undefined; end = endOf(received)) {
        const request = received.slice(0, end);
        received = received.slice(end);
        const message = /MessageID>(\d+)</.exec(request)?.[1];
        const isKnown = request.includes('uthorization: Digest ') && message !== undefined;
        socket.write(isKnown ? head + inChunks(before + message + after) : challenge, 'latin1');
      }
    });
  });
}

/** Where the first request ends, when all of it is there. */
function endOf(text: string): number | undefined {
  const body = text.indexOf('\r\n\r\n') + 4;
  if (body < 4) return undefined;
  const end = body + Number(/content-length: *(\d+)/i.exec(text)?.[1] ?? 0);
  return end <= text.length ? end : undefined;
}

function inChunks(text: string): string {
  let chunks = '';
  for (let at = 0; at < text.length;) {
    const chunk = text.slice(at, at + (at === 0 ? firstChunk : laterChunk));
    chunks += `${chunk.length.toString(16).toUpperCase().padStart(4, '0')}\r\n${chunk}\r\n`;
    at += chunk.length;
  }
  return `${chunks}0\r\n\r\n`;
}
