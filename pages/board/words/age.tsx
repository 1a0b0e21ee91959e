import { ageInWords } from "./age.words.ts";
import { useNow } from "./now.state.ts";

/** How long ago something was; the moment itself is in the tooltip. */
export function Age({ since, suffix = "" }: { since: string | number; suffix?: string }) {
  const moment = new Date(since);
  return (
    <time dateTime={moment.toISOString()} title={moment.toLocaleString()}>
      {ageInWords(moment, useNow())}
      {suffix}
    </time>
  );
}
