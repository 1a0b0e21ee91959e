/** What a process needs besides its sockets. */
const spare = 200;

interface Report {
  readonly userLimits?: { readonly open_files?: { readonly soft: number | "unlimited" } };
}

/** How many of so many sockets a process may open here, with a word about it where they are fewer. */
export function affordable(wanted: number): { readonly count: number; readonly lines: readonly string[] } {
  // Node has raised the limit as far as it may by itself.
  const report = process.report.getReport() as Report;
  const limit = report.userLimits?.open_files?.soft ?? "unlimited";
  if (limit === "unlimited" || limit >= wanted + spare) return { count: wanted, lines: [] };
  const count = Math.max(2, limit - spare);
  return {
    count,
    lines: [
      `A process may open ${limit} files here, so ${count} instead of ${wanted} subscribers: see \`ulimit -Hn\`.`,
    ],
  };
}
