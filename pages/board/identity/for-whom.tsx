import { Loader } from "@mantine/core";
import { useRef } from "react";
import { useIdentity } from "../../identity/use-identity.ts";
import { Frame } from "../frame/frame.tsx";
import { NobodyFrame } from "../frame/nobody.frame.tsx";
import { TroubleNote } from "../words/trouble.note.tsx";
import { BoardClient } from "./board.client.tsx";
import { Welcome } from "./welcome.tsx";

/** The page of whoever one is: what was told to one person is not kept for the next. */
export function ForWhom() {
  const { state, token, login, problem, retry } = useIdentity();
  /** Who was let in last, so that only they are told that they are not any more. */
  const letIn = useRef<string>(undefined);
  /** Whose page it is, and whose session if it is by one; kept while the gateway cannot be asked. */
  const last = useRef<{ key: string; session?: string }>(undefined);
  if (state === "loading") {
    return (
      <NobodyFrame>
        <Loader aria-label="Finding out who you are" role="status" />
      </NobodyFrame>
    );
  }
  // Whoever has a page keeps it while the gateway is away: it says so itself, and comes back.
  if (state === "unreachable" && last.current === undefined) {
    return (
      <NobodyFrame>
        <TroubleNote what="The board" error={new Error(problem)} onRetry={retry} />
      </NobodyFrame>
    );
  }
  if (login !== undefined) letIn.current = token ?? login;
  const isRefused = state === "token" && login === undefined && problem !== undefined;
  if (state === "nobody" || isRefused) {
    return (
      <NobodyFrame>
        <Welcome wasSomebody={letIn.current !== undefined && (!isRefused || letIn.current === token)} />
      </NobodyFrame>
    );
  }
  if (token !== undefined) last.current = { key: token };
  else if (login !== undefined) last.current = { key: login, session: login };
  return (
    <BoardClient key={last.current?.key} session={last.current?.session}>
      <Frame />
    </BoardClient>
  );
}
