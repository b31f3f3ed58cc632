import { performance } from 'node:perf_hooks';
import type { Disposable } from '../base/disposables';

const lookEveryMs = 10;
/** Busy for less than this share of the time, the process mostly waits for answers. */
const waitingBelow = 0.7;

/** Calls now and then, as long as the process mostly waits. */
export function whileWaiting(act: () => void): Disposable {
  let before = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    if (performance.eventLoopUtilization(now, before).utilization < waitingBelow) act();
    before = now;
  }, lookEveryMs);
  return {
    dispose: () => {
      clearInterval(timer);
    },
  };
}
