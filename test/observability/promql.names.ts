/** What an expression in Prometheus' language asks for. */
export interface AskedNames {
  readonly metrics: readonly string[];
  /** Labels that are compared, each with the metric that is to have it. */
  readonly matched: readonly { readonly metric: string; readonly label: string }[];
  /** Labels that remain of a sum, say: any of the metrics may have them. */
  readonly grouped: readonly string[];
}

const words = new Set([
  ...["sum", "min", "max", "avg", "count", "by", "without", "on", "ignoring", "and", "or", "unless"],
  ...["rate", "increase", "histogram_quantile", "absent", "le", "label_values"],
]);

/** Reads the names in an expression: the few forms that our rules and panels have, and no others. */
export function namesIn(expression: string): AskedNames {
  const matched: { metric: string; label: string }[] = [];
  const grouped: string[] = [];
  const bare = expression
    .replace(/([a-z_][a-z0-9_]*)\{([^}]*)\}/g, (_all, metric: string, matchers: string) => {
      for (const [, label = ""] of matchers.matchAll(/([a-z_]+)(?:=~|!~|!=|=)"[^"]*"/g)) {
        matched.push({ metric, label });
      }
      return metric;
    })
    .replace(/\b(?:by|without|on|ignoring) \(([^)]*)\)/g, (_all, labels: string) => {
      grouped.push(...labels.split(",").map((label) => label.trim()));
      return "";
    })
    .replace(/\[[^\]]*\]/g, "");
  if (/["{}]/.test(bare)) throw new Error(`There is more in it than is read: ${expression}`);
  const metrics = [...bare.matchAll(/[a-z_][a-z0-9_]*/g)]
    .map(([name]) => name)
    .filter((name) => !words.has(name));
  return { metrics: [...new Set(metrics)], matched, grouped };
}
