import { middle, type MeasuredGroup, type MeasuredRow } from "../measure.ts";
import { ratioTo } from "./comparison.ts";
import { table } from "./table.ts";

/** How the servers are called where there is no room for how they come by each answer; ours first. */
const shortNames: Readonly<Record<string, string>> = {
  guarded: "this gateway, guarded",
  "guarded, forgetting": "this gateway, guarded, nothing remembered",
  unguarded: "this gateway, unguarded",
  apollo: "Apollo Server, RESTDataSource",
  yoga: "graphql-yoga",
  mercurius: "mercurius",
  "mercurius, compiled": "mercurius, compiled",
  hive: "Hive Gateway over OpenAPI",
};

const isOurs = ({ row }: MeasuredRow) => /^(?:un)?guarded/.test(row.server);
const rowOf = ({ rows }: MeasuredGroup, server: string) => rows.find(({ row }) => row.server === server);

/** What is short for a workload: what stands before the colon of its title. */
const shortTitle = ({ title }: MeasuredGroup) => title.split(":", 1)[0] ?? title;

/** The CPU time of all servers for all workloads, as multiples of the bare proxy's. */
export function overviewTable(groups: readonly MeasuredGroup[]): string {
  const cell = (group: MeasuredGroup, server: string) => {
    const found = rowOf(group, server);
    return found ? ratioTo("cpuMicroseconds", found.samples, group.rows[0]?.samples ?? []).toFixed(2) : "";
  };
  return table(
    ["CPU time, ÷ bare", ...groups.map(shortTitle)],
    Object.entries(shortNames).map(([server, name]) => [name, ...groups.map((group) => cell(group, server))]),
  );
}

/** How the gateway stands to the cheapest of the others in each workload. */
export function standingTable(groups: readonly MeasuredGroup[]): string {
  const cpu = ({ samples }: MeasuredRow) => middle(samples, "cpuMicroseconds");
  const lines = groups.flatMap((group) => {
    const others = group.rows.slice(1).filter((row) => !isOurs(row));
    const best = others.reduce((one, other) => (cpu(other) < cpu(one) ? other : one));
    const standing = (server: string) => {
      const ours = rowOf(group, server);
      return ours ? ratioTo("cpuMicroseconds", ours.samples, best.samples).toFixed(2) : "";
    };
    return [
      [
        group.title,
        shortNames[best.row.server] ?? best.row.server,
        standing("guarded"),
        standing("guarded, forgetting"),
        standing("unguarded"),
      ],
    ];
  });
  return table(
    ["CPU time, ÷ the cheapest other server's", "which", "guarded", "nothing remembered", "unguarded"],
    lines,
  );
}
