import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Probabilities from 0 to 1, of each datagram in either direction. */
export interface Faults {
  readonly lose: number;
  readonly double: number;
  /** Held back until the next one has passed, or for `heldMs`. */
  readonly reorder: number;
}

const heldMs = 20;

/** A network before a UDP server on 127.0.0.1, for one client. It is good until it is given faults; the same seed gives the same ones. */
export interface LossyUdp extends AsyncDisposable {
  readonly port: number;
  faults: Faults;
  readonly counts: { lost: number; doubled: number; reordered: number };
}

export async function startLossyUdp(serverPort: number, seed = 1): Promise<LossyUdp> {
  const [front, back] = [createSocket('udp4'), createSocket('udp4')];
  front.bind(0, '127.0.0.1');
  back.bind(0, '127.0.0.1');
  await Promise.all([once(front, 'listening'), once(back, 'listening')]);
  const random = xorshift(seed);
  const counts = { lost: 0, doubled: 0, reordered: 0 };
  const timers = new Set<NodeJS.Timeout>();
  const proxy: LossyUdp = {
    port: front.address().port,
    faults: { lose: 0, double: 0, reorder: 0 },
    counts,
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearTimeout(timer);
      await Promise.all([front, back].map((socket) => new Promise<void>((done) => void socket.close(done))));
    },
  };
  const worsen = (send: (datagram: Buffer) => void): ((datagram: Buffer) => void) => {
    let release: (() => void) | undefined;
    return (datagram) => {
      if (random() < proxy.faults.lose) {
        counts.lost++;
        return;
      }
      if (!release && random() < proxy.faults.reorder) {
        counts.reordered++;
        const timer = setTimeout(() => release?.(), heldMs);
        timers.add(timer);
        release = () => {
          release = undefined;
          clearTimeout(timer);
          timers.delete(timer);
          send(datagram);
        };
        return;
      }
      send(datagram);
      if (random() < proxy.faults.double) {
        counts.doubled++;
        send(datagram);
      }
      release?.();
    };
  };
  let client: { readonly port: number; readonly address: string } | undefined;
  const toServer = worsen((datagram) => {
    back.send(datagram, serverPort, '127.0.0.1');
  });
  const toClient = worsen((datagram) => {
    if (client) front.send(datagram, client.port, client.address);
  });
  front.on('message', (datagram, from) => {
    client = from;
    toServer(datagram);
  });
  back.on('message', toClient);
  return proxy;
}

function xorshift(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
}
