import { boundless, heed, type Budget } from "../../budget.ts";
import { RateLimited, StillUnderway, UpstreamUnavailable, type UpstreamName } from "../../errors.ts";
import { addressOf } from "./address.ts";
import { createAnswerBody } from "./answer.body.ts";
import { readAnswer, type GivenAnswer } from "./answer.reading.ts";
import { CallFailed, failureAfter } from "./call.failure.ts";
import { likenessOf } from "./call.likeness.ts";
import { callMeasure } from "./call.measure.ts";
import { traceCalls } from "./call.tracing.ts";
import type { RawAnswer } from "./gathered.answer.ts";
import type { Read } from "./read.client.ts";
import type { Answer, Call, UpstreamOptions } from "./upstream.ts";
import { answeredWithin, withoutBlame } from "./write.patience.ts";
import { openPlaces, type UpstreamPlace } from "./upstream.places.ts";

/** How many times its asker's patience a write may take that outlasts it. */
const longestFactor = 10;
const busyMs = 1000;
/** What a service, or what stands before it, answers when it is down; a 500 may be due to what was asked. */
const downStatuses: readonly number[] = [502, 503, 504];

/**
 * A client that asks with deadlines, a size limit and no redirects, leaves alone what is down, and tells outages from
 * refusals. Reads of a place that are under way are shared by all who may read there.
 */
export function openClient(name: UpstreamName, options: UpstreamOptions) {
  const { metrics, joined, known, tracing } = options;
  const measure = callMeasure(name, metrics);
  const traced = traceCalls(name, tracing);
  const places = openPlaces(name, options);

  const unavailable = (reason: string, requestId: string) => {
    options.log.debug({ upstream: name, requestId, reason }, "upstream unavailable");
    return new UpstreamUnavailable(name, reason);
  };

  const keyOf = ({ origin }: UpstreamPlace, address: string) => `${name} ${origin}${address}`;
  const patienceOf = ({ timeoutMs = options.timeoutMs }: Call) => timeoutMs;
  /** Whether an answer that does not come in time says anything of the service. */
  const isPatient = ({ timeoutMs, reachesOut }: Call) => timeoutMs === undefined && reachesOut !== true;
  const headersOf = ({ headers, requestId }: Call) => ({
    accept: "application/json",
    ...headers,
    "x-request-id": requestId,
    ...tracing?.headers(),
  });

  async function observed(method: Call["method"], sent: Promise<RawAnswer>): Promise<RawAnswer> {
    tracing?.current()?.count("sett.tries");
    const startedAt = performance.now();
    const observe = (status: string) => measure(method, status, (performance.now() - startedAt) / 1000);
    try {
      const answer = await sent;
      observe(String(answer.status));
      return answer;
    } catch (error) {
      if (error instanceof StillUnderway) observe("ETIMEDOUT");
      if (error instanceof CallFailed) observe(error.code);
      throw error;
    }
  }

  const checked = (answer: RawAnswer, { understands }: Call): RawAnswer => {
    const isDown = downStatuses.includes(answer.status) && !understands?.includes(answer.status);
    if (isDown) throw new CallFailed(String(answer.status), { isDown });
    return answer;
  };

  /** Sends a read in its turn, until its answer has come or nobody waits for it any more. */
  async function send(
    read: Read,
    wanted: Call,
    { steadiness, reader, begin, end }: UpstreamPlace,
    budget: Budget,
  ): Promise<RawAnswer> {
    const waitMs = patienceOf(wanted);
    let cut: ((failure: CallFailed) => void) | undefined;
    let failure: CallFailed | undefined;
    let stop: (() => void) | undefined;
    /** The service's patience is used up from now on, by all tries together. */
    const heedFromNow = () => {
      const begunAt = performance.now();
      return heed(
        budget,
        (ending) => {
          // Only who waited as long as anybody would has learnt anything about the service.
          const isDown = isPatient(wanted) && performance.now() - begunAt >= waitMs;
          failure = isDown ? new CallFailed("ETIMEDOUT", { isDown }) : failureAfter(ending);
          cut?.(failure);
        },
        waitMs,
      );
    };
    let abandon: ((failure: CallFailed) => void) | undefined;
    const abandoned = new Promise<never>((_resolve, reject) => (abandon = reject));
    const once = async (findsOut: boolean) => {
      stop ??= heedFromNow();
      // What is not sent says nothing.
      if (failure) throw new CallFailed(failure.code);
      const reading = reader.read(read);
      const late = () => reading.cut(new CallFailed("ETIMEDOUT", { isDown: isPatient(wanted) }));
      // Whether the service is back is found out to the end, also where what else its asker wanted has failed by then.
      cut = findsOut ? abandon : (why) => reading.cut(why);
      const letGo = findsOut ? heed(boundless, late, waitMs) : undefined;
      return checked(await observed("GET", reading.answer).finally(letGo), wanted);
    };
    const whole = async () => {
      try {
        if (!wanted.isCheck) {
          const mayHelp = ({ status }: RawAnswer) => wanted.torn === true && status === 500;
          return await steadiness.read(once, { askedBy: wanted.askedBy, budget, waitMs, mayHelp });
        }
        const answer = await once(false);
        steadiness.worked();
        return answer;
      } finally {
        stop?.();
        end();
      }
    };
    begin();
    return Promise.race([whole(), abandoned]);
  }

  async function read(
    address: string,
    place: UpstreamPlace,
    wanted: Call,
    budget: Budget,
  ): Promise<GivenAnswer> {
    // What needs a credential is nobody else's to have.
    const isShared = wanted.headers === undefined;
    const old = isShared ? known?.get(keyOf(place, address)) : undefined;
    const condition = old && { "if-none-match": old.tag };
    const headers = { ...headersOf(wanted), ...condition };
    const raw = await send({ path: address, headers }, wanted, place, budget);
    if (old && raw.status === 304) return { status: 200, headers: old.headers, body: old.body };
    const kept = isShared ? known?.keep(keyOf(place, address), raw) : undefined;
    const body = kept?.body ?? createAnswerBody(raw.text, isShared);
    return { status: raw.status, headers: raw.headers, body };
  }

  const awaited = (sent: Promise<RawAnswer>, wanted: Call, what: string) => {
    if (!wanted.outlasts) return sent;
    const reason = `${what} is not answered yet`;
    return answeredWithin(patienceOf(wanted), sent, (over) => new StillUnderway(name, reason, over));
  };

  async function write(address: string, place: UpstreamPlace, wanted: Call, { what, sharedBy }: Asked) {
    const timeoutMs = patienceOf(wanted) * (wanted.outlasts ? longestFactor : 1);
    const headers = headersOf(wanted);
    const { method, body } = wanted;
    const once = async () => {
      const sent = place.writer().write({ method, path: address, headers, body, timeoutMs });
      if (sharedBy !== undefined) joined?.written(sharedBy, sent).catch(() => undefined);
      return checked(await observed(method, awaited(sent, wanted, what)), wanted);
    };
    const raw = await place.steadiness.write(() => (isPatient(wanted) ? once() : once().catch(withoutBlame)));
    return { status: raw.status, headers: raw.headers, body: createAnswerBody(raw.text, false) };
  }

  /** Asks the service at an address; `sharedBy` is what a read there may be shared by, and a write there may change. */
  async function call(baseAddress: string, wanted: Call, sharedBy?: string): Promise<Answer> {
    const what = `${wanted.method} /${wanted.path.join("/")}`;
    const budget = wanted.budget ?? boundless;
    if (budget.remainingMs() <= 0) {
      throw unavailable(`${what} was not asked: its operation has no time left`, wanted.requestId);
    }
    const place = places.at(baseAddress);
    const address = addressOf(place.prefix, wanted.path, wanted.query);
    const fail = (reason: string) => unavailable(`${what} ${reason}`, wanted.requestId);
    try {
      if (wanted.method !== "GET") {
        const send = () => write(address, place, wanted, { what, sharedBy });
        return readAnswer(await traced.sent(wanted, send), wanted, fail);
      }
      const key = { place: sharedBy ?? "", address: keyOf(place, address) + likenessOf(wanted) };
      const ask = (all: Budget) => traced.sent(wanted, () => read(address, place, wanted, all), key.address);
      const given =
        joined && sharedBy !== undefined && !wanted.headers
          ? await traced.joined(wanted, key.address, () => joined.join(key, budget, ask))
          : await ask(budget);
      return readAnswer(given, wanted, fail);
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      if (error.code === "TURNED_AWAY")
        throw new RateLimited(busyMs, `The service ${name} has too much to do.`);
      throw fail(`failed: ${error.code}`);
    }
  }

  return { call, close: places.close };
}

interface Asked {
  readonly what: string;
  readonly sharedBy: string | undefined;
}
