/** How much may be asked again, as a share of what is asked: what is in trouble is not helped by being asked more. */
export interface RetryBudget {
  /** Something is asked. */
  readonly earn: () => void;
  /** Whether something may be asked again; if so, that is taken from the budget. */
  readonly spend: () => boolean;
}

/** One in five calls may be sent again, and some when little is asked. */
const share = 0.2;
const savedUp = 20;
const aSecond = 2;

/** A budget that calls fill up, and a little the time. */
export function createRetryBudget(): RetryBudget {
  let left = savedUp;
  let filledAt = performance.now();
  return {
    earn: () => {
      left = Math.min(left + share, savedUp);
    },
    spend: () => {
      const now = performance.now();
      left = Math.min(left + ((now - filledAt) / 1000) * aSecond, savedUp);
      filledAt = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
