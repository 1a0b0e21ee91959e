import type { IncomingMessage, ServerResponse } from "node:http";
import type { SettError } from "../../errors.ts";
import { answerError } from "../json-body.ts";
import { retryAfter } from "./too-many.ts";

/** So much of a body that nobody will read is taken, so that whoever sends it gets the answer. */
const drainedBytes = 1_048_576;

/** Reads and drops what still comes, but not without end. */
function drain(request: IncomingMessage, response: ServerResponse): void {
  let bytes = 0;
  request.on("data", (part: Buffer) => {
    bytes += part.length;
    if (bytes <= drainedBytes) return;
    request.removeAllListeners("data").pause();
    if (response.writableFinished) request.socket.destroySoon();
    else response.once("finish", () => request.socket.destroySoon());
  });
}

/** Answers a request that is too much at the moment, without reading its body. */
export function turnAway(request: IncomingMessage, response: ServerResponse, refusal: SettError): void {
  response.setHeader("retry-after", retryAfter(refusal));
  drain(request, response);
  answerError(request, response, 429, refusal.toJSON());
}
