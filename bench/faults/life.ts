/** Sees that the gateway says that it lives, all the time. */
export function watchLife(port: number, complain: (problem: string) => void) {
  let longestMs = 0;
  let asked = 0;
  const timer = setInterval(() => {
    const sentAt = performance.now();
    fetch(`http://127.0.0.1:${port}/livez`).then(
      ({ status }) => {
        asked += 1;
        longestMs = Math.max(longestMs, performance.now() - sentAt);
        if (status !== 200) complain(`/livez answered ${status}`);
      },
      (error: unknown) => complain(`/livez was not answered: ${String(error)}`),
    );
  }, 100);
  return { figures: () => ({ longestMs, asked }), stop: () => clearInterval(timer) };
}
