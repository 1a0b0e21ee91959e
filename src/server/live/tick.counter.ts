/** Counts what happens thousands of times at once: one call of the metric for all of a tick. */
export function createTickCounter(metric: { readonly inc: (count: number) => void }): () => void {
  let count = 0;
  const tell = () => {
    metric.inc(count);
    count = 0;
  };
  return () => {
    if (count === 0) setImmediate(tell);
    count += 1;
  };
}
