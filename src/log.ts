import { pino, type DestinationStream, type Logger } from "pino";

export type Log = Logger;

/** Header and field names that carry credentials: their values never reach a log line. */
const credentials = ["authorization", "cookie", "token", "password", "secret", "sudo", "x-api-key"];

const paths = credentials.flatMap((name) => {
  const key = name.includes("-") ? `["${name}"]` : name;
  return name.includes("-") ? [key, `*${key}`, `*.*${key}`] : [key, `*.${key}`, `*.*.${key}`];
});

/** So many characters of lines are written at once, or what there is after so long: each time costs as much as some lines. */
const writtenAtOnce = 4096;
const latestMs = 100;

function standardOutput(): DestinationStream {
  const output = pino.destination({ sync: true, minLength: writtenAtOnce, periodicFlush: latestMs });
  process.once("exit", () => output.flushSync());
  return output;
}

const plainLogs = new WeakMap<Log, Log>();
const auditLogs = new WeakMap<Log, Log>();

/** Structured logs, one JSON object a line, with credentials blotted out wherever they are passed by mistake. */
export function createLog(level: string, destination: DestinationStream = standardOutput()): Log {
  const options = { level, base: { service: "sett" } };
  const log = pino({ ...options, redact: { paths, censor: "[redacted]" } }, destination);
  plainLogs.set(log, pino(options, destination));
  const auditLevel = level === "silent" ? level : "info";
  auditLogs.set(log, pino({ ...options, level: auditLevel }, destination));
  return log;
}

/** The same log for lines that are the gateway's own words: nothing is looked for in them. */
export const plainLogOf = (log: Log): Log => plainLogs.get(log) ?? log;

/** The same log for what people did: it is written whatever the level is, but for a log that is silent. */
export const auditLogOf = (log: Log): Log => auditLogs.get(log) ?? log;
