import { Loader } from "@mantine/core";
import { GatewayUnreachable } from "@sett/client";
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
  const last = useRef<string>(undefined);
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
        <TroubleNote what="The board" error={new GatewayUnreachable(problem)} onRetry={retry} />
      </NobodyFrame>
    );
  }
  const isRefused = state === "token" && login === undefined && problem !== undefined;
  if (state === "nobody" || isRefused) {
    return (
      <NobodyFrame>
        <Welcome wasSomebody={last.current !== undefined} />
      </NobodyFrame>
    );
  }
  last.current = token ?? login ?? last.current;
  return (
    <BoardClient key={last.current}>
      <Frame />
    </BoardClient>
  );
}
