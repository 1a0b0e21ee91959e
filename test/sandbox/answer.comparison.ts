import { differences, type Comparison, type NamedShapes, type Shape } from "./answer.shape.ts";
import type { HookListener } from "./hook.listener.ts";
import type { Answer } from "./recorded.request.ts";
import type { Delivery, Exchange } from "./recording.data.ts";

/** How an answer differs from the recorded one, one line each. */
export function answerDifferences(exchange: Exchange, answer: Answer, named: NamedShapes): string[] {
  const { status, total = answer.total, cut = false, opensWith } = exchange;
  const body =
    opensWith === undefined
      ? bodyDifferences(answer.body, exchange.answer, { named, cut })
      : unless(answer.body.startsWith(opensWith), `opens with ${answer.body}`);
  return [
    ...unless(answer.status === status, `status ${answer.status} instead of ${status}`),
    ...unless(answer.total === total, `X-Total-Count ${answer.total} instead of ${total}`),
    ...body,
  ];
}

/** How the call of a web hook, once it comes, differs from the recorded one. */
export async function deliveryDifferences(
  delivery: Delivery,
  listener: HookListener,
  named: NamedShapes,
): Promise<string[]> {
  const { headers, body } = await listener.next(delivery.path, delivery.delivery);
  const signature = String(headers["x-gitea-signature"]);
  return [
    ...delivery.headerNames.flatMap((name) => unless(name in headers, `the header ${name} is missing`)),
    ...unless((signature !== "") === delivery.signed, `the signature is "${signature}"`),
    ...differences(body, delivery.answer, { named }),
  ];
}

function bodyDifferences(body: string, shape: Shape, how: Comparison): string[] {
  const value = parse(body);
  const kind = body === "" ? "empty" : value !== undefined ? "json" : isHtml(body) ? "html" : "text";
  const expected = shape === "empty" || shape === "text" || shape === "html" ? shape : "json";
  if (kind !== expected) return [`the body is ${kind} instead of ${expected}: ${body.slice(0, 80)}`];
  return kind === "json" ? differences(value, shape, how) : [];
}

function unless(holds: boolean, what: string): string[] {
  return holds ? [] : [what];
}

function isHtml(body: string): boolean {
  return /^<(!DOCTYPE|html)/i.test(body);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
