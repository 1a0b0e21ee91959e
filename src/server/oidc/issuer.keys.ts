import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type CompactJWSHeaderParameters,
  type CryptoKey,
  type FlattenedJWSInput,
} from "jose";
import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Log } from "../../log.ts";
import type { IssuerService } from "../../services/issuer.service.ts";

/** A key that a token says it is signed with. */
export interface FoundKey {
  readonly key: CryptoKey;
  /** Which of the sets that were published in turn it is from; undefined where that was just replaced. */
  readonly edition: number | undefined;
}

/** The keys of an issuer, as it published them last. */
export interface IssuerKeys {
  /** Another number whenever others are published. */
  readonly edition: () => number;
  /** Throws jose's own error where the issuer publishes no such key. */
  readonly find: (header: CompactJWSHeaderParameters, token: FlattenedJWSInput) => Promise<FoundKey>;
  /** Looks for others, behind the back of whoever asks, if that was not done for a while. */
  readonly refresh: () => void;
}

/** How patiently an issuer is asked for its keys. */
export interface KeysPatience {
  /** How often is looked whether they are others. */
  readonly refreshMs: number;
  /** How long they are good for where the issuer cannot be asked. */
  readonly keepMs: number;
  /** How often is asked, in so many seconds, because a token names a key that is not known. */
  readonly unknown: Allowed;
  /** How often besides, where that is used up. */
  readonly burst: Allowed;
}

interface Allowed {
  readonly points: number;
  readonly duration: number;
}

/** Which key a token says it is signed with. */
type IssuerKey = (header: CompactJWSHeaderParameters, token: FlattenedJWSInput) => Promise<CryptoKey>;

const patient: KeysPatience = {
  refreshMs: 5 * 60_000,
  keepMs: 24 * 60 * 60_000,
  // Short: for as long, what was just answered is taken for how things are.
  unknown: { points: 1, duration: 3 },
  burst: { points: 5, duration: 30 },
};

export function createIssuerKeys(issuer: IssuerService, log: Log, patience = patient): IssuerKeys {
  const set = createRemoteJWKSet(new URL("issuer:"), {
    cacheMaxAge: patience.keepMs,
    // When an unknown key is worth a question is decided here.
    cooldownDuration: Infinity,
    [customFetch]: async () => Response.json(await issuer.keys()),
  });
  const forUnknown = new BurstyRateLimiter(
    new RateLimiterMemory({ ...patience.unknown, keyPrefix: "" }),
    new RateLimiterMemory({ ...patience.burst, keyPrefix: "" }),
  );
  let published = "";
  let edition = 0;
  let lookedAtMs = -Infinity;
  let asking: Promise<boolean> | undefined;
  /** What went wrong when the issuer was last asked anew. */
  let failure: { readonly error: unknown } | undefined;

  /** Notes which keys are known by now. */
  const current = () => {
    const text = JSON.stringify(set.jwks());
    if (text !== published) edition += 1;
    published = text;
    return edition;
  };

  const reload = async () => {
    try {
      await set.reload();
      failure = undefined;
    } catch (error) {
      failure = { error };
      throw error;
    }
  };

  /** Asks for a key that nobody has heard of: whoever makes up keys asks no more often than this allows. */
  const askForUnknown = async () => {
    try {
      await forUnknown.consume("unknown");
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      // An issuer that could not say which keys it has by now has not said that it has no such key.
      if (failure) throw failure.error;
      return false;
    }
    await reload();
    return true;
  };

  const keyOf: IssuerKey = async (header, token) => {
    try {
      return await set(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      asking ??= askForUnknown().finally(() => (asking = undefined));
      if (!(await asking)) throw error;
      return set(header, token);
    }
  };

  return {
    edition: () => edition,
    find: async (header, token) => {
      const before = current();
      const key = await keyOf(header, token);
      return { key, edition: before === current() ? before : undefined };
    },
    refresh: () => {
      const now = performance.now();
      if (now - lookedAtMs < patience.refreshMs) return;
      const isFirst = lookedAtMs === -Infinity;
      lookedAtMs = now;
      if (isFirst) return;
      reload().then(current, (error: unknown) =>
        log.warn({ err: error }, "the issuer's keys could not be asked for"),
      );
    },
  };
}
