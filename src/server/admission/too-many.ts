import type { HTTPGraphQLHead } from "@apollo/server";
import type { SettError } from "../../errors.ts";

/** In how many seconds to come again, as a header says it. */
export const retryAfter = ({ extensions }: SettError): string =>
  String(Math.ceil(Number(extensions["retryAfterMs"]) / 1000));

/** Has the answer to an operation that is over an allowance say so outside as well. */
export function tooMany(refusal: SettError, http: HTTPGraphQLHead): SettError {
  http.status = 429;
  http.headers.set("retry-after", retryAfter(refusal));
  return refusal;
}
