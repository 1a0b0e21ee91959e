import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

const statuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

const messages: Readonly<Record<number, string>> = {
  400: "This is no HTTP.",
  408: "The request took too long to come.",
  413: "The body's chunks say too much of themselves.",
  431: "The headers are too long.",
};

/** Answers what cannot be read as HTTP, in the form of all errors, and ends the connection. */
export function answerUnparsed(connection: Duplex, code: string | undefined): void {
  const status = statuses[code ?? ""] ?? 400;
  const errors = [{ message: messages[status], extensions: { code: "BAD_REQUEST" } }];
  const body = JSON.stringify({ errors });
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  connection.end(`${lines.join("\r\n")}\r\n\r\n${body}`, () => connection.destroy());
}
