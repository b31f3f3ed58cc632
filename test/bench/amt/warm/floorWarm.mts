import { getEnvelope, isAnswer } from '../common.mts';
import { Device } from '../floorClient.mts';
import { className } from './asked.mts';
import type { WarmClient } from './run.mts';

/** The bare floor: the answer stays text. */
export const floorWarm: WarmClient = (target) => {
  const device = new Device(target);
  return {
    ask: async () => isAnswer(className, await device.post(getEnvelope(className))),
    close() {
      device.close();
    },
  };
};
