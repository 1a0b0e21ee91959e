/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const place = Math.min(sorted.length - 1, Math.floor(share * sorted.length));
  return sorted[place] ?? Number.NaN;
}

/** The middle of the values: rounds that something else on the machine disturbed do not move it. */
export function median(values: readonly number[]): number {
  const upper = quantile(values, 0.5);
  if (values.length % 2 === 1) return upper;
  const sorted = [...values].sort((one, other) => one - other);
  return ((sorted[values.length / 2 - 1] ?? upper) + upper) / 2;
}
