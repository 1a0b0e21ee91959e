import { randomUUID } from "node:crypto";
import { SettError } from "../../errors.ts";
import type {
  AskedChange,
  AuditNotes,
  ChangeNote,
  Noted,
  RefusedPlace,
} from "../../permissions/audit.notes.ts";
import type { Question } from "../../permissions/permission.question.ts";
import type { PlatformNames } from "../../permissions/platform-names.ts";
import { refusedField, refusedQuestion } from "../../permissions/refusals.ts";
import type { AuditEntry } from "../../services/audit/audit.entry.ts";
import { trailOf, type AuditService } from "../../services/audit/audit.service.ts";
import type { Keeping } from "../../services/audit/trail.store.ts";
import { nobody, ownerOf, type Known } from "../admission/owners.ts";
import type { AuditLogins } from "./audit.logins.ts";
import { mainQuestion, subjectOf, type AuditSubject } from "./audit.subject.ts";
import { isRefused, outcomeOf, type ToldOutcome } from "./change.outcome.ts";
import { namedBy } from "./named.arguments.ts";
import type { RefusalWindows } from "./refusal.windows.ts";

/** Takes note of what people do, and of what they are refused. */
export interface Audit extends AuditNotes {
  /** Somebody who was not let in, by a door that is not the graph's. */
  readonly turnedAway: (kind: "sign-in" | "webhook", requestId: string, code: string) => void;
  /** Says of what still runs that it is left unfinished, and of whom it was not known who they are. */
  readonly close: () => void;
}

interface Means {
  readonly service: Pick<AuditService, "record">;
  readonly names: PlatformNames;
  readonly known: Known;
  readonly logins: AuditLogins;
  readonly windows: RefusalWindows;
}

/** What an entry says besides who it was. */
type Told = Omit<AuditEntry, "id" | "at" | "requestId" | "traceId" | "login" | "by">;

const milliseconds = (startedAt: number) => Math.round((performance.now() - startedAt) * 10) / 10;

/** As long a name as anybody gives to be understood. */
const nameOf = (operation: string | undefined) => operation?.slice(0, 100);

const nothing: AuditSubject = { told: {}, repository: undefined };

export function createAudit({ service, names, known, logins, windows }: Means): Audit {
  const running = new Set<() => void>();
  /** Told of already, with the change that they are of. */
  const noted = new WeakSet<object>();

  const about = (question: Question | undefined) => (question ? subjectOf(question, names) : nothing);

  /** Where it is kept; `isThere` is whether the repository is known to be there, which names that anybody sends are not. */
  const keepingOf = (
    { repository }: AuditSubject,
    { code }: ToldOutcome,
    { isLetThrough, isThere }: { readonly isLetThrough: boolean; readonly isThere: boolean },
  ): Keeping | undefined => {
    // Whoever it may be could say anything of anybody's project.
    if (!repository || code === "UNAUTHENTICATED") return undefined;
    return { trail: trailOf(repository), isLetThrough, mayBegin: isThere };
  };

  const write = (who: Noted, told: Told, keeping: Keeping | undefined) => {
    const at = new Date().toISOString();
    const { requestId, traceId, identifiedBy: by = nobody } = who;
    const mayAsk = told.code !== "UNAUTHENTICATED" && told.upstream !== "gitea";
    logins.tell(who, mayAsk, (login) =>
      service.record({ id: randomUUID(), at, requestId, traceId, login, by, ...told }, keeping),
    );
  };

  /** What is refused is written once a while, however often it is asked for. */
  const writeOnce = (who: Noted, told: Told, keeping: Keeping | undefined) => {
    const owner = who.signedIn ? ownerOf(who.signedIn.caller.key, known) : nobody;
    const { kind, field, code, permission, producer, env, repository, outcome } = told;
    const what = JSON.stringify([kind, field, code, permission, producer, env, repository]);
    windows.take(owner, what, (repeated, isOfMany) => {
      if (isOfMany) write(who, { kind, outcome, repeated }, undefined);
      else write(who, { ...told, repeated }, keeping);
    });
  };

  const noteChange = (who: Noted, change: AskedChange, startedAt: number) => {
    const { field, operation, questions, args } = change;
    return (outcome: ToldOutcome, isLetThrough: boolean, refused?: Question) => {
      const main = mainQuestion(questions);
      const ofRefusal = about(refused);
      const subject = ofRefusal.repository ? ofRefusal : about(main);
      // What was not let through, nor refused by the policy, may be no names at all.
      const named = isLetThrough || refused ? { ...subject.told.named, ...namedBy(args) } : {};
      const told: Told = {
        ...{
          kind: "mutation",
          field,
          operation: nameOf(operation),
          permission: (refused ?? main)?.permission,
        },
        ...subject.told,
        named: Object.keys(named).length > 0 ? named : undefined,
        ...outcome,
        milliseconds: milliseconds(startedAt),
      };
      const isThere = ofRefusal.repository ? outcome.code === "FORBIDDEN" : isLetThrough;
      const keeping = keepingOf(subject, outcome, { isLetThrough, isThere });
      if (isLetThrough) write(who, told, keeping);
      else writeOnce(who, told, keeping);
    };
  };

  return {
    begin: ({ requestId, traceId, signedIn, identifiedBy }, change): ChangeNote => {
      const who = { requestId, traceId, signedIn, identifiedBy };
      const note = noteChange(who, change, performance.now());
      let isLetThrough = false;
      const cutOff = () => {
        if (isLetThrough) note({ outcome: "unfinished" }, true);
      };
      running.add(cutOff);
      return {
        letThrough: () => {
          isLetThrough = true;
        },
        done: () => {
          if (running.delete(cutOff)) note({ outcome: "done" }, true);
        },
        failed: (error) => {
          if (error instanceof SettError) noted.add(error);
          if (!running.delete(cutOff)) return;
          note(
            outcomeOf(error),
            isLetThrough,
            error instanceof SettError ? refusedQuestion(error) : undefined,
          );
        },
      };
    },
    refused: (who, error, place: RefusedPlace) => {
      if (!(error instanceof SettError) || noted.has(error)) return;
      const { code } = error;
      const { kind, operation, field = refusedField(error) } = place;
      const isTooMuch = code === "RATE_LIMITED" && place.isWhole;
      if (!isRefused(error) && !isTooMuch) return;
      const question = refusedQuestion(error);
      const subject = about(question);
      const outcome: ToldOutcome = { outcome: "refused", code };
      const told: Told = {
        kind: isTooMuch ? "operation" : kind,
        ...{ field, operation: nameOf(operation), permission: question?.permission },
        ...subject.told,
        ...outcome,
      };
      writeOnce(
        who,
        told,
        keepingOf(subject, outcome, { isLetThrough: false, isThere: code === "FORBIDDEN" }),
      );
    },
    turnedAway: (kind, requestId, code) => {
      const who = { requestId, traceId: undefined, signedIn: undefined, identifiedBy: undefined };
      writeOnce(who, { kind, outcome: "refused", code }, undefined);
    },
    close: () => {
      for (const cutOff of [...running]) cutOff();
      running.clear();
      windows.close();
      logins.close();
    },
  };
}
