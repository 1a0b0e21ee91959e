import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

const digest = /^[0-9a-f]{64}$/i;

/** What a hook was signed with, in hex; Gitea sends the headers with nothing in them when it knows no secret. */
function signatureIn(headers: IncomingHttpHeaders): Buffer | undefined {
  const own = headers["x-gitea-signature"];
  const hub = headers["x-hub-signature-256"];
  const said = typeof own === "string" && own !== "" ? own : String(hub ?? "").replace(/^sha256=/, "");
  return digest.test(said) ? Buffer.from(said, "hex") : undefined;
}

/** Whether one who knows one of the secrets has sent exactly these bytes. */
export function isSigned(body: Buffer, headers: IncomingHttpHeaders, secrets: readonly string[]): boolean {
  const signature = signatureIn(headers);
  if (!signature) return false;
  // All are tried, whichever fits, so that the time it takes tells nothing of them.
  const fits = secrets.map((secret) =>
    timingSafeEqual(createHmac("sha256", secret).update(body).digest(), signature),
  );
  return fits.includes(true);
}
