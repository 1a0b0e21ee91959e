import { notifications } from "@mantine/notifications";
import { BoardProjectDocument, Forbidden, NotFound, type TrustedDocument } from "@sett/client";
import { settQueryKey, useSettMutation } from "@sett/client/react";
import { useQueryClient } from "@tanstack/react-query";
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
  const queries = useQueryClient();
  const { mutate, isPending } = useSettMutation(document, {
    onSuccess: (data) => {
      notifications.show({
        ...shared,
        title,
        message: typeof done === "string" ? done : done(data),
        color: "teal",
      });
      after?.(data);
    },
    onError: (error) => {
      notifications.show({
        ...shared,
        title: `${title} did not work`,
        message: wordsOf(error),
        color: "red",
        autoClose: 15_000,
      });
      // What one may do is otherwise than was thought.
      if (error instanceof Forbidden || error instanceof NotFound) {
        void queries.invalidateQueries({ queryKey: settQueryKey(BoardProjectDocument) });
      }
    },
  });
  return { act: mutate, isPending };
}
