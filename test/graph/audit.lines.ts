import { expect, vi } from "vitest";
import type { Answer, Sett } from "../support/sett.ts";

/** A line of the audit log. */
export interface AuditLine {
  readonly audit: true;
  readonly msg: "audit";
  readonly requestId: string;
  readonly kind: string;
  readonly field?: string;
  readonly login?: string;
  readonly by: string;
  readonly permission?: string;
  readonly producer?: string;
  readonly env?: string;
  readonly named?: Readonly<Record<string, string>>;
  readonly outcome: string;
  readonly code?: string;
  readonly upstream?: string;
  readonly repeated?: number;
}

/** All lines of the audit log so far. */
export const auditLines = ({ log }: Pick<Sett, "log">): readonly AuditLine[] =>
  log.entries.filter(({ audit }) => audit === true) as unknown as readonly AuditLine[];

/** Those of one request, once there are so many: who it was may be asked for after the answer. */
export async function linesOf(
  sett: Pick<Sett, "log">,
  { headers }: Pick<Answer<unknown>, "headers">,
  count = 1,
): Promise<readonly AuditLine[]> {
  const requestId = headers.get("x-request-id");
  return vi.waitFor(
    () => {
      const lines = auditLines(sett).filter((line) => line.requestId === requestId);
      expect(lines).toHaveLength(count);
      return lines;
    },
    { timeout: 10_000, interval: 10 },
  );
}
