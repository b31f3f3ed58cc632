import { startDeadline } from '../../base/deadline';
import { SidebandError } from '../../base/errors';
import { isSameElement, type XmlElement } from '../../base/xml/element';
import type { Exchanger, WsmanRequest } from './exchanger';
import { namespaces } from './namespaces';
import { readEnumerateResponse, readPullResponse } from './response';
import { element } from './tree';
import type { Selectors } from './values';

const { enumeration, wsman } = namespaces;
const actionBase = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration/';
const itemsPerPull = '999';
const charactersPerPull = '99999';
/** Pulls in a row that bring nothing, or the same again; more, and the device will never come to an end. */
const mostIdlePulls = 8;
const releaseTimeoutMs = 2000;

/** Which instances the device is to send, in a query language that it knows. */
export interface EnumerationFilter {
  readonly dialect: string;
  readonly text: string;
}

export interface EnumerationRequest {
  readonly resourceUri: string;
  readonly what: string;
  readonly selectors?: Selectors | undefined;
  readonly filter?: EnumerationFilter | undefined;
  readonly mostItems: number;
}

/**
 * Enumerate, then Pull to the end of the sequence. DSP0226 section 8. When it is given up on the way, the device is told so.
 * Begins once again when the connection is lost on the way. Rejects with `protocol.invalid` beyond `mostItems`.
 */
export async function enumerateAll(
  exchanger: Exchanger,
  request: EnumerationRequest,
  signal: AbortSignal,
): Promise<readonly XmlElement[]> {
  try {
    return await enumerateOnce(exchanger, request, signal);
  } catch (error) {
    const isLost = error instanceof SidebandError && error.code === 'connect.lost';
    if (!isLost || signal.aborted) throw error;
    return await enumerateOnce(exchanger, request, signal);
  }
}

async function enumerateOnce(
  exchanger: Exchanger,
  request: EnumerationRequest,
  signal: AbortSignal,
): Promise<readonly XmlElement[]> {
  const asked = await exchanger.ask(read(request, 'Enumerate', enumerateBody(request.filter)), signal);
  let batch = readEnumerateResponse(asked, request.what);
  let { context } = batch;
  const items = [...batch.items];
  try {
    for (let idle = 0; context !== undefined;) {
      const pull = { ...read(request, 'Pull', pullBody(context)), isOnce: true };
      const reply = await exchanger.ask(pull, signal);
      const before = batch.items;
      batch = readPullResponse(reply, context, request.what);
      for (const item of batch.items) items.push(item);
      idle = bringsNews(batch.items, before) ? 0 : idle + 1;
      context = batch.context;
      if (items.length > request.mostItems || idle > mostIdlePulls) {
        throw new SidebandError('protocol.invalid', `${request.what}: the sequence does not end`);
      }
    }
  } catch (error) {
    if (context !== undefined && isListening(error)) await release(exchanger, request, context);
    throw error;
  }
  return items;
}

function bringsNews(items: readonly XmlElement[], before: readonly XmlElement[]): boolean {
  return items.some((item, at) => {
    const earlier = before[at];
    return !earlier || !isSameElement(item, earlier);
  });
}

/** After a fault the device has ended the enumeration itself, and one that is lost or slow is not waited for again. */
function isListening(error: unknown): boolean {
  if (!(error instanceof SidebandError)) return true;
  return error.details.deviceCode === undefined && !/^(dns|connect|tls|auth|operation)\./.test(error.code);
}

async function release(exchanger: Exchanger, request: EnumerationRequest, context: string): Promise<void> {
  const body = element(enumeration, 'Release', [element(enumeration, 'EnumerationContext', context)]);
  using deadline = startDeadline(new AbortController().signal, releaseTimeoutMs);
  try {
    await exchanger.ask(read(request, 'Release', body), deadline.signal);
  } catch {
    // It would have expired by itself.
  }
}

function read({ resourceUri, what, selectors }: EnumerationRequest, action: string, body: XmlElement): WsmanRequest {
  return { what, kind: 'read', action: actionBase + action, resourceUri, body, ...(selectors && { selectors }) };
}

function enumerateBody(filter: EnumerationFilter | undefined): XmlElement {
  if (!filter) return element(enumeration, 'Enumerate');
  return element(enumeration, 'Enumerate', [element(wsman, 'Filter', filter.text, { Dialect: filter.dialect })]);
}

function pullBody(context: string): XmlElement {
  return element(enumeration, 'Pull', [
    element(enumeration, 'EnumerationContext', context),
    element(enumeration, 'MaxElements', itemsPerPull),
    element(enumeration, 'MaxCharacters', charactersPerPull),
  ]);
}
