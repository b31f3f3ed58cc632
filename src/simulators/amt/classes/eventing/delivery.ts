import { startDeadline } from '../../../../base/deadline';
import { sleep } from '../../../../base/sleep';
import { findPath } from '../../../../base/xml/element';
import { parseXml } from '../../../../base/xml/parseXml';
import type { Alert } from '../../alerts';
import type { AmtDevice } from '../../device';
import { perDevice } from '../../model/amtClass';
import { writeIndication } from './indication';
import { post } from './post';
import { DeliveryMode, type Subscription, subscriptionsTo } from './subscriptions';

const ackAction = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/Ack';
const ackLimits = { maxBytes: 65_536, maxDepth: 16, maxElements: 64, maxAttributes: 32 };
/** Alerts that wait for one subscriber; more are lost. */
const mostWaiting = 32;

/** What came of an alert for a subscriber. */
export interface Delivered {
  readonly destination: string;
  readonly alert: string;
  readonly outcome: 'delivered' | 'dropped';
  readonly attempts: number;
}

/** Sends alerts to their subscribers, one after the other for each. */
export class Deliveries {
  readonly #device: AmtDevice;
  readonly #queues = new Map<Subscription, Promise<void>>();
  readonly #waiting = new Map<Subscription, number>();
  readonly results: Delivered[] = [];
  /** For how long an alert is tried, and how long it waits between tries, in milliseconds. */
  limits = { triedForMs: 30_000, pauseMs: 1000 };
  #identifier = 0;

  constructor(device: AmtDevice) {
    this.#device = device;
  }

  add(alert: Alert): void {
    for (const subscription of subscriptionsTo(this.#device, alert)) this.#enqueue(subscription, alert);
  }

  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    while (this.#queues.size > 0) await Promise.all(this.#queues.values());
  }

  #enqueue(subscription: Subscription, alert: Alert): void {
    const waiting = this.#waiting.get(subscription) ?? 0;
    if (waiting >= mostWaiting) {
      this.#note(subscription, alert, { outcome: 'dropped', attempts: 0 });
      return;
    }
    this.#waiting.set(subscription, waiting + 1);
    const before = this.#queues.get(subscription) ?? Promise.resolve();
    const occurrence = { identifier: ++this.#identifier, at: this.#device.now() };
    const mine = before.then(async () => {
      const tried = await this.#deliver(subscription, alert, occurrence);
      this.#note(subscription, alert, tried);
      this.#waiting.set(subscription, (this.#waiting.get(subscription) ?? 1) - 1);
      if (this.#queues.get(subscription) === mine) this.#queues.delete(subscription);
    });
    this.#queues.set(subscription, mine);
  }

  /** Tries until it works or the time is over; never rejects. */
  async #deliver(
    subscription: Subscription,
    alert: Alert,
    occurrence: { readonly identifier: number; readonly at: number },
  ): Promise<Pick<Delivered, 'outcome' | 'attempts'>> {
    const messageId = `uuid:00000000-8086-8086-8086-${occurrence.identifier.toString(16).toUpperCase().padStart(12, '0')}`;
    const envelope = writeIndication(alert, subscription, { ...occurrence, messageId });
    using deadline = startDeadline(this.#device.signal, this.limits.triedForMs);
    for (let attempts = 1; ; attempts++) {
      try {
        if (await isTaken(envelope, { subscription, messageId, signal: deadline.signal })) {
          return { outcome: 'delivered', attempts };
        }
        await sleep(this.limits.pauseMs, deadline.signal);
      } catch {
        // Nobody there, or the time is over: the loop tells which.
        if (deadline.signal.aborted) return { outcome: 'dropped', attempts };
        await sleep(this.limits.pauseMs, deadline.signal).catch(() => undefined);
      }
    }
  }

  #note({ destination }: Subscription, alert: Alert, tried: Pick<Delivered, 'outcome' | 'attempts'>): void {
    this.results.push({ destination, alert: alert.messageId, ...tried });
  }
}

export const deliveries = perDevice((device) => new Deliveries(device));

/** Whether a collector has taken an event: by any success, or, where it was asked to, by an acknowledgement of this message. */
async function isTaken(
  envelope: string,
  {
    subscription,
    messageId,
    signal,
  }: { readonly subscription: Subscription; readonly messageId: string; readonly signal: AbortSignal },
): Promise<boolean> {
  const { status, body } = await post(envelope, subscription, signal);
  if (subscription.mode === DeliveryMode.push) return status >= 200 && status < 300;
  if (status !== 200) return false;
  const header = findPath(parseXml(body, ackLimits), 'Header');
  return (
    findPath(header, 'Action')?.text.trim() === ackAction && findPath(header, 'RelatesTo')?.text.trim() === messageId
  );
}
