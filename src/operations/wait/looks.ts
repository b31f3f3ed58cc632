import { toSidebandError } from '../../base/errors';
import { matcher } from '../console/expect';
import { Screen } from '../console/screen';
import type { WayRequest } from '../operation';
import { readPower } from '../power/powerTo';
import { mayPass, type Sight } from './waitUntil';
import type { Watched } from './watched';

/** Reads the power by the first of the technologies that answers. A session is lent for this look alone. */
export async function lookAtPower(technologies: readonly Watched[], request: WayRequest): Promise<Sight> {
  const { sessions, computer, signal } = request;
  const [technology, ...others] = technologies.filter(({ name }) => computer.access(name));
  if (!technology) return { isSo: false, seen: 'nothing' };
  try {
    const { state } = await sessions.use(technology, computer, request, (client) =>
      readPower(client, { computer, technology: technology.name, signal }),
    );
    return { isSo: true, seen: state, value: { power: state } };
  } catch (thrown) {
    if (others.length === 0 || signal.aborted || !mayPass(toSidebandError(thrown))) throw thrown;
    return lookAtPower(others, request);
  }
}

/** Whether a port of the computer's address takes a connection. */
export async function lookAtPort(port: number, { sessions, computer, signal }: WayRequest): Promise<Sight> {
  await sessions.knock(computer, port, signal);
  return { isSo: true, seen: 'open' };
}

/** Watches the serial console for as long as it is there. What it showed before is not seen. */
export async function watchConsole(technology: Watched, expect: string, request: WayRequest): Promise<Sight> {
  const { sessions, computer, signal } = request;
  await using console = await sessions.console(technology, computer, { takeOver: false }, signal);
  using screen = await Screen.on(console);
  try {
    await screen.until(matcher(expect), signal);
    return { isSo: true, seen: expect };
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
    const { text } = screen;
    const line = text.split('\n').at(-1) ?? '';
    return { isSo: false, seen: line === '' ? 'nothing' : `"${line}"`, evidence: { screens: [{ name: 'end', text }] } };
  }
}
