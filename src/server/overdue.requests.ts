import type { ServerResponse } from "node:http";

/** What may be underway, and for how long, before it is cut. */
export interface Underway {
  /** Requests whose bodies are still coming. */
  readonly uploads: number;
  /** Bytes of answers that wait for their readers. */
  readonly unreadBytes: number;
  /** How long an answer may wait for its reader. */
  readonly answerTimeoutMs: number;
}

/** Looked for so often at most: what can be gathered meanwhile is what a network brings in so long. */
const longestIntervalMs = 1000;

const isUploading = ({ req }: ServerResponse) => !req.complete;

/** Streams that go on have rules of their own. */
const isUnread = (response: ServerResponse) => response.writableEnded && !response.writableFinished;

/**
 * Cuts, of requests that are underway, those with whom it takes too long: slow bodies and slow readers hold memory, and
 * there is no bound to how many of them somebody can open. Looking now and then costs the others nothing.
 */
export function cutOverdue(
  underway: Iterable<ServerResponse>,
  { uploads, unreadBytes, answerTimeoutMs }: Underway,
): () => void {
  /** Since when answers were seen to wait, in that order. */
  const waiting = new Map<ServerResponse, number>();

  const cutUnread = (unread: ReadonlySet<ServerResponse>) => {
    const now = performance.now();
    for (const response of waiting.keys()) if (!unread.has(response)) waiting.delete(response);
    let bytes = 0;
    for (const response of unread) {
      if (!waiting.has(response)) waiting.set(response, now);
      bytes += response.writableLength;
    }
    for (const [response, since] of waiting) {
      if (bytes <= unreadBytes && now - since < answerTimeoutMs) break;
      bytes -= response.writableLength;
      waiting.delete(response);
      response.req.socket.destroy();
    }
  };

  const look = () => {
    const uploading: ServerResponse[] = [];
    const unread = new Set<ServerResponse>();
    for (const response of underway) {
      if (isUploading(response)) uploading.push(response);
      if (isUnread(response)) unread.add(response);
    }
    cutUnread(unread);
    for (const { req } of uploading.slice(0, Math.max(0, uploading.length - uploads))) req.socket.destroy();
  };

  const timer = setInterval(look, Math.min(longestIntervalMs, answerTimeoutMs / 4)).unref();
  return () => clearInterval(timer);
}
