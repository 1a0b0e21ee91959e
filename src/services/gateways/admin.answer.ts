import {
  BadUserInput,
  UpstreamRejected,
  UpstreamUnavailable,
  type SettError,
  type UpstreamName,
} from "../../errors.ts";
import type { Answer } from "../http/upstream.ts";
import { reasonOf } from "../workspace/loopback.answer.ts";

/** The service answers 500 both when it breaks and when it does not like what it was given; only its words tell. */
const refusals: readonly (readonly [RegExp, string])[] = [
  [/^Credential already exists/, "The consumer has a credential of this type already."],
  [/^One or more scopes don't exist/, "The gateway has no such scope."],
  [/^One or more scopes already exist/, "The gateway has this scope already."],
  [/^username already exists/, "Another user has this name."],
  [/^The specified user does not exist/, "There is no such user."],
  [/^Failed to insert application: \S+ has already/, "The user has an application of this name already."],
  [/^Multiple applications with/, "Several applications have this name: say which by its id."],
  [
    /^Cannot read property 'filter' of null/,
    "A credential was once given this scope and has none any more: the gateway cannot take it away.",
  ],
  [/^one or more propert(?:y|ies) is invalid/, "The gateway knows no such field."],
  [/^(?:credential not found|No (?:credential|consumer) found)/i, "The gateway has no such credential."],
];

/** What is said of a field of the input that the service does not like, such as `data.email should match …`. */
const aboutField = /^data(?:\.(\w+)| should have required property '(\w+)') ?(.*)$/s;

function aboutInput(text: string, input: string | undefined): BadUserInput | undefined {
  if (input === undefined) return undefined;
  const [match, field, missing, rest = ""] = aboutField.exec(text) ?? [];
  if (match === undefined) return undefined;
  const message = missing === undefined ? reasonOf(rest) : "must be there";
  return new BadUserInput([{ field: `${input}.${field ?? missing ?? ""}`, message }]);
}

/**
 * The error for an answer that is not what was asked for. `input` is where what was sent stands in the caller's input,
 * where its fields are named there as they are upstream.
 */
export function refusalOf(upstream: UpstreamName, answer: Answer, what: string, input?: string): SettError {
  const { status } = answer;
  const text = answer.text.trim();
  if (![409, 422, 500].includes(status))
    return new UpstreamUnavailable(upstream, `${what} answered ${status}`);
  const known = refusals.find(([pattern]) => pattern.test(text));
  if (known) return new UpstreamRejected(upstream, known[1]);
  const bad = aboutInput(text, input);
  if (bad) return bad;
  if (status === 500) return new UpstreamUnavailable(upstream, `${what} answered 500`);
  return new UpstreamRejected(upstream, `The gateway refuses: ${reasonOf(text.replace(/<[^>]*>/g, " "))}`);
}
