/** Ctrl-C and SIGTERM mean: stop tidily. Whoever asks again later has waited long enough. */
const signals = ['SIGINT', 'SIGTERM'] as const;
/** One Ctrl-C can arrive several times: from the terminal, from npm and from an older Node that started this one. */
const oneRequestMs = 1000;

export function stopSignal(): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  let firstAtMs = 0;
  const stop = () => {
    if (controller.signal.aborted && performance.now() - firstAtMs > oneRequestMs) process.exit(130);
    if (controller.signal.aborted) return;
    firstAtMs = performance.now();
    controller.abort();
  };
  for (const name of signals) process.on(name, stop);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of signals) process.off(name, stop);
    },
  };
}
