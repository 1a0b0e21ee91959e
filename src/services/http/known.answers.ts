import { LRUCache } from "lru-cache";
import { createAnswerBody, type AnswerBody } from "./answer.body.ts";
import type { RawAnswer } from "./gathered.answer.ts";

/** An answer that the service can say of that it has not changed. */
export interface KnownAnswer {
  readonly tag: string;
  readonly headers: RawAnswer["headers"];
  readonly body: AnswerBody;
}

/** The last answers of services that ask nobody who they are, by address: they are asked only whether those still hold. */
export interface KnownAnswers {
  readonly get: (address: string) => KnownAnswer | undefined;
  readonly keep: (address: string, raw: RawAnswer) => KnownAnswer | undefined;
}

/** A text, what was parsed of it, and what was made of that. */
const bytesPerCharacter = 6;
/** No answer takes the place of all others. */
const largestShare = 0.25;

export function createKnownAnswers(bytes: number): KnownAnswers {
  const known = new LRUCache<string, KnownAnswer>({
    maxSize: Math.max(bytes, 1),
    maxEntrySize: Math.max(Math.floor(bytes * largestShare), 1),
    sizeCalculation: ({ body }, address) => (body.text.length + 1) * bytesPerCharacter + address.length,
  });
  return {
    get: (address) => {
      const answer = known.get(address);
      if (!answer?.body.isMisread()) return answer;
      // Cut short on its way, or no answer at all: the service may well say that it still holds.
      known.delete(address);
      return undefined;
    },
    keep: (address, raw) => {
      const { etag } = raw.headers;
      if (raw.status !== 200 || etag === undefined) return undefined;
      const answer = { tag: etag, headers: raw.headers, body: createAnswerBody(raw.text, true) };
      known.set(address, answer);
      return answer;
    },
  };
}
