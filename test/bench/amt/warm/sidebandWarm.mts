import { startDeadline } from '../../../../src/base/deadline';
import { openUdp } from '../../../../src/transport/udpSocket';
import { cim } from '../common.mts';
import { makeSurroundings, openDevice } from '../sidebandDevice.mts';
import { className } from './asked.mts';
import type { WarmClient } from './run.mts';

const longestMs = 60_000;

/** The engine's own client: envelope, login, HTTP, and the answer as an instance. */
export const sidebandWarm: WarmClient = async (target) => {
  const udp = openUdp();
  const deadline = startDeadline(new AbortController().signal, longestMs);
  const { signal } = deadline;
  const device = await openDevice(target, makeSurroundings(udp), signal);
  return {
    async ask() {
      const instance = await device.wsman.get(cim + className, { signal });
      return instance.className === className && instance.names.length > 1;
    },
    async close() {
      deadline[Symbol.dispose]();
      await device[Symbol.asyncDispose]();
      await udp[Symbol.asyncDispose]();
    },
  };
};
