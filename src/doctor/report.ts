import { groups, type Finding, type Standing } from "./finding.ts";

const order = ["wrong", "warning", "skipped", "ok"] as const satisfies readonly Standing[];
const width = Math.max(...order.map((standing) => standing.length));
const indent = " ".repeat(width + 4);

/** How many stand how. */
export function countsOf(findings: readonly Finding[]): Readonly<Record<Standing, number>> {
  const count = (standing: Standing) => findings.filter((each) => each.standing === standing).length;
  return { ok: count("ok"), warning: count("warning"), wrong: count("wrong"), skipped: count("skipped") };
}

function linesOf({ standing, check, says, mend }: Finding): readonly string[] {
  const line = `  ${standing.padEnd(width)}  ${check}: ${says}`;
  return mend === undefined ? [line] : [line, `${indent}→ ${mend}`];
}

/** What people read. */
export function textReport(findings: readonly Finding[]): string {
  const parts = groups.flatMap((group) => {
    const lines = findings.filter((each) => each.group === group).flatMap(linesOf);
    return lines.length === 0 ? [] : [group, ...lines, ""];
  });
  const counts = countsOf(findings);
  const summary = order.map((standing) => `${counts[standing]} ${standing}`).join(", ");
  return `${[...parts, summary].join("\n")}\n`;
}

/** What machines read. */
export function jsonReport(findings: readonly Finding[]): string {
  const counts = countsOf(findings);
  return `${JSON.stringify({ healthy: counts.wrong === 0, counts, findings }, undefined, 2)}\n`;
}
