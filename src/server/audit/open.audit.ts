import type { PlatformNames } from "../../permissions/platform-names.ts";
import type { Services } from "../../services/services.ts";
import { outsideSpans, type Tracing } from "../../tracing/tracing.ts";
import { createAuditLogins } from "./audit.logins.ts";
import { createAudit, type Audit } from "./audit.ts";
import { createRefusalWindows } from "./refusal.windows.ts";

interface Means {
  readonly names: PlatformNames;
  readonly tracing: Tracing | undefined;
}

/** The audit of a gateway, put together from its parts. */
export function openAudit(
  { audit: service, users, vouched: known }: Pick<Services, "audit" | "users" | "vouched">,
  { names, tracing }: Means,
): Audit {
  // What is asked for the log alone is in nobody's trace.
  const logins = createAuditLogins({ whoAmI: (asker) => outsideSpans(tracing, () => users.whoAmI(asker)) });
  return createAudit({ service, names, known, logins, windows: createRefusalWindows() });
}
