import { Counter, type Registry } from "prom-client";

/** What is counted of sign-ins and sessions. */
export interface SignInMetrics {
  readonly signIns: Counter<"outcome">;
  readonly renewals: Counter<"outcome">;
}

export function measureSignIns(registry: Registry): SignInMetrics {
  const registers = [registry];
  return {
    signIns: new Counter({
      name: "sett_sign_ins_total",
      help: "Sign-ins with a browser that came to an end, by outcome: done, denied, refused, invalid or unavailable.",
      labelNames: ["outcome"],
      registers,
    }),
    renewals: new Counter({
      name: "sett_session_renewals_total",
      help: "Renewals of sessions at Gitea by outcome: renewed, refused or unavailable.",
      labelNames: ["outcome"],
      registers,
    }),
  };
}
