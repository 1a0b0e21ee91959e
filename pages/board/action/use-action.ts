import { notifications } from "@mantine/notifications";
import {
  BoardProjectDocument,
  Forbidden,
  GatewayUnreachable,
  NotFound,
  TimedOut,
  Unauthenticated,
  type TrustedDocument,
} from "@sett/client";
import { settQueryKey, useSett, useSettMutation } from "@sett/client/react";
import { useQueryClient } from "@tanstack/react-query";
import { lookAgain } from "../../identity/identity.store.ts";
import { isLeft } from "../identity/board.client.tsx";
import { wordsOf } from "../words/error.words.ts";

/** How something that somebody does is called while it succeeds or fails, and what comes of it. */
interface ActionWords<Data> {
  /** As "Restart hello". */
  readonly title: string;
  /** What is true once it is done. */
  readonly done: string | ((data: Data) => string);
  readonly after?: (data: Data) => void;
}

const shared = { closeButtonProps: { "aria-label": "Dismiss" } };

/** Has the gateway do something, and tells how it went. */
export function useAction<Data, Variables extends object>(
  document: TrustedDocument<Data, Variables>,
  { title, done, after }: ActionWords<Data>,
) {
  const client = useSett();
  const queries = useQueryClient();
  const { mutate, isPending } = useSettMutation(document, {
    onSuccess: (data) => {
      if (isLeft(client)) return;
      notifications.show({
        ...shared,
        title,
        message: typeof done === "string" ? done : done(data),
        color: "teal",
      });
      after?.(data);
    },
    onError: (error) => {
      if (isLeft(client)) return;
      const isUncertain = error instanceof GatewayUnreachable || error instanceof TimedOut;
      notifications.show({
        ...shared,
        title: isUncertain ? `${title}: no answer` : `${title} did not work`,
        message: isUncertain ? `${wordsOf(error)} It may have been done all the same.` : wordsOf(error),
        color: "red",
        autoClose: 15_000,
      });
      if (error instanceof Unauthenticated) lookAgain();
      // What one may do is otherwise than was thought.
      if (error instanceof Forbidden || error instanceof NotFound) {
        void queries.invalidateQueries({ queryKey: settQueryKey(BoardProjectDocument) });
      }
    },
  });
  return { act: mutate, isPending };
}
