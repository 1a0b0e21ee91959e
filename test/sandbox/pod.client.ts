import type { WorkspacePod } from "../../src/sandbox/workspace/workspace.pod.ts";

/** What a pod answered. */
export interface PodAnswer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** Calls the APIs of a pod: `METHOD /path`, below /api. */
export interface PodClient {
  workspace(request: string, body?: unknown, headers?: Record<string, string>): Promise<PodAnswer>;
  project(request: string, body?: unknown, headers?: Record<string, string>): Promise<PodAnswer>;
}

/** A client of both APIs of a pod. */
export function clientOf(pod: WorkspacePod): PodClient {
  return {
    workspace: (request, body, headers) => ask(pod.workspaceApi.url, request, body, headers),
    project: (request, body, headers) => ask(pod.projectApi.url, request, body, headers),
  };
}

async function ask(
  url: string,
  request: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<PodAnswer> {
  const [method = "GET", path = "/"] = request.split(" ");
  const response = await fetch(`${url}/api${path}`, {
    method,
    headers: { "Content-Type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? "" : JSON.parse(text) };
}
