import type { FaultRow } from "../faults/fault.trials.ts";
import { table } from "./table.ts";

const head = [
  "answered right",
  "p99 ms",
  "÷ calm",
  "whole of what needs it",
  "p99 ms",
  "ms until all is back",
];

function line(name: string, rows: readonly FaultRow[]): readonly string[] {
  const sum = (figure: (row: FaultRow) => number) => rows.reduce((total, row) => total + figure(row), 0);
  const worst = (figure: (row: FaultRow) => number) =>
    Math.max(0, ...rows.map(figure).filter((value) => !Number.isNaN(value)));
  const share = sum(({ whole }) => whole) / sum(({ related }) => related);
  return [
    name,
    String(sum(({ unrelated }) => unrelated)),
    worst(({ unrelatedP99Ms }) => unrelatedP99Ms).toFixed(0),
    worst(({ unrelatedP99Ms, calmP99Ms }) => unrelatedP99Ms / calmP99Ms).toFixed(1),
    `${(share * 100).toFixed(0)}%`,
    worst(({ relatedP99Ms }) => relatedP99Ms).toFixed(0),
    worst(({ backMs }) => backMs ?? Infinity).toFixed(0),
  ];
}

function by(rows: readonly FaultRow[], nameOf: (row: FaultRow) => string) {
  return [...new Set(rows.map(nameOf))].map((name) =>
    line(
      name,
      rows.filter((row) => nameOf(row) === name),
    ),
  );
}

/** What failing services did to the rest: the worst of each service, and of each way to fail. */
export function faultTables(rows: readonly FaultRow[]): readonly string[] {
  return [
    table(
      ["What fails", ...head],
      by(rows, ({ target }) => target),
    ),
    table(
      ["What it does", ...head],
      by(rows, ({ how }) => how),
    ),
  ];
}
