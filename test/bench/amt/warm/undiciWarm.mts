import type { Target } from '../client.mts';
import { getEnvelope, isAnswer } from '../common.mts';
import { FloorLogin } from '../floorLogin.mts';
import { peerRequire } from '../peerRequire.mts';
import { className } from './asked.mts';
import type { WarmClient, WarmDevice } from './run.mts';

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { text(): Promise<string> };
}
type Client = new (origin: string) => {
  request(options: object): Promise<Answer>;
  destroy(): Promise<void>;
};

/** undici's client of one origin with the floor's login: the answer stays text. */
export const undiciWarm: WarmClient = (target) => openUndici(target, (text) => isAnswer(className, text));

/** `isRight` judges a whole answer. */
export function openUndici({ host, port }: Target, isRight: (answer: string) => boolean): WarmDevice {
  const { Client } = peerRequire()('undici') as { readonly Client: Client };
  const client = new Client(`http://${host}:${port}`);
  const login = new FloorLogin();
  const send = async (envelope: string): Promise<{ readonly answer: Answer; readonly text: string }> => {
    const headers = { 'content-type': 'application/soap+xml;charset=UTF-8', ...login.headers() };
    const answer = await client.request({ method: 'POST', path: '/wsman', headers, body: envelope });
    return { answer, text: await answer.body.text() };
  };
  return {
    async ask() {
      const envelope = getEnvelope(className);
      const { answer, text } = await send(envelope);
      if (answer.statusCode !== 401) return isRight(text);
      login.accept(answer.headers['www-authenticate'] ?? '');
      return isRight((await send(envelope)).text);
    },
    close: () => client.destroy(),
  };
}
