const followers = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `act` when the signal ends, unless the returned function was called before. For thousands who wait for the same signal: an event
 * target would look through all its listeners for each who comes and goes.
 */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  const own = followers.get(signal) ?? follow(signal);
  own.add(act);
  return () => {
    own.delete(act);
  };
}

function follow(signal: AbortSignal): Set<() => void> {
  const own = new Set<() => void>();
  followers.set(signal, own);
  signal.addEventListener(
    'abort',
    () => {
      for (const act of own) act();
    },
    { once: true },
  );
  return own;
}
