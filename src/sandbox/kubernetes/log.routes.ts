import type { ServerResponse } from "node:http";
import { empty, type Reply } from "../http.ts";
import type { LogLine, PodLogs } from "./pod.logs.ts";
import { badRequest, StatusError } from "./status.error.ts";
import type { Pod } from "./workload.objects.ts";

const plain = { "Content-Type": "text/plain", "Cache-Control": "no-cache, private" };

/** Answers what a container of a pod has written, and what it goes on to write if somebody wants to follow. */
export function readLog(logs: PodLogs, pod: Pod, query: URLSearchParams): Reply {
  const container = containerOf(pod, query.get("container") ?? "");
  if (pod.spec.nodeName === undefined) return empty(204);
  if (!logs.isReachable) throw new StatusError(500, "no preferred addresses found; known addresses: []");
  const { name, uid } = pod.metadata;
  const state = pod.status.containerStatuses?.find((each) => each.name === container)?.state;
  const isPrevious = query.get("previous") === "true";
  const lines = logs.lines(uid, container, isPrevious);
  if (lines === undefined)
    throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
  const waiting = state === undefined ? "ContainerCreating" : state.waiting?.reason;
  if (waiting !== undefined && waiting !== "CrashLoopBackOff" && !isPrevious) {
    throw badRequest(`container "${container}" in pod "${name}" is waiting to start: ${waiting}`);
  }
  const write = writerOf(query.get("timestamps") === "true");
  const chosen = choose(lines, query).map(write).join("");
  const follows = query.get("follow") === "true" && state?.running !== undefined && !isPrevious;
  if (!follows) return { status: 200, headers: plain, body: limited(chosen, query) };
  return {
    status: 200,
    stream: (response) => {
      const stop = logs.follow(uid, container, {
        line: (line) => {
          if (!response.writableEnded) response.write(write(line));
        },
        end: () => void response.end(),
        cut: (part) => {
          if (part === "") response.destroy();
          else response.write(part, () => response.destroy());
        },
      });
      response.once("close", stop);
      start(response, chosen);
    },
  };
}

function start(response: ServerResponse, text: string): void {
  response.writeHead(200, plain);
  response.flushHeaders();
  if (text !== "") response.write(text);
}

function containerOf({ metadata, spec }: Pod, wanted: string): string {
  const names = spec.containers.map(({ name }) => name);
  const [only = ""] = names;
  if (wanted === "" && names.length === 1) return only;
  if (wanted === "") {
    const choice = `choose one of: [${names.join(" ")}]`;
    throw badRequest(`a container name must be specified for pod ${metadata.name}, ${choice}`);
  }
  if (names.includes(wanted)) return wanted;
  throw badRequest(`container ${wanted} is not valid for pod ${metadata.name}`);
}

/** The last lines first, and of these those that are new enough: a moment counts in whole seconds. */
function choose(lines: readonly LogLine[], query: URLSearchParams): readonly LogLine[] {
  const count = query.get("tailLines");
  const tail = count === null ? lines : Number(count) > 0 ? lines.slice(-Number(count)) : [];
  const seconds = query.get("sinceSeconds");
  const time = query.get("sinceTime");
  if (seconds === null && time === null) return tail;
  const since = seconds === null ? Date.parse(time ?? "") : Date.now() - Number(seconds) * 1000;
  if (Number.isNaN(since)) throw badRequest(`parsing time "${time ?? ""}": cannot parse as RFC 3339`);
  const whole = `${new Date(since).toISOString().slice(0, 19)}.`;
  return tail.filter((line) => line.stamp >= whole);
}

function writerOf(withStamps: boolean): (line: LogLine) => string {
  return ({ stamp, text }) => (withStamps ? `${stamp} ${text}\n` : `${text}\n`);
}

function limited(text: string, query: URLSearchParams): string {
  const limit = Number(query.get("limitBytes") ?? 0);
  return limit > 0 ? Buffer.from(text).subarray(0, limit).toString("utf8") : text;
}
