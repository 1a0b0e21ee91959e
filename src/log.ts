import { pino, type DestinationStream, type Logger } from "pino";

export type Log = Logger;

/** Header and field names that carry credentials: their values never reach a log line. */
const credentials = ["authorization", "cookie", "token", "password", "secret", "sudo", "x-api-key"];

/** Structured logs, one JSON object a line, with credentials blotted out wherever they are passed by mistake. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const paths = credentials.flatMap((name) => {
    const key = name.includes("-") ? `["${name}"]` : name;
    return name.includes("-") ? [key, `*${key}`, `*.*${key}`] : [key, `*.${key}`, `*.*.${key}`];
  });
  const options = { level, base: { service: "sett" }, redact: { paths, censor: "[redacted]" } };
  return destination ? pino(options, destination) : pino(options);
}
