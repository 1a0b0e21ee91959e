import {
  useMutation,
  useQuery,
  type UseMutationOptions,
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
} from "@tanstack/react-query";
import type { SettClient } from "../client.ts";
import type { TrustedDocument } from "../document.ts";
import { SettError } from "../errors/errors.ts";
import { useSett } from "./provider.tsx";

/** Options of TanStack Query's, but for what is asked and how. */
export type SettQueryOptions<Data> = Omit<UseQueryOptions<Data, SettError>, "queryKey" | "queryFn">;

/** What TanStack Query answers, and what was answered beside errors. */
export type SettQueryResult<Data> = UseQueryResult<Data, SettError> & {
  /** The answer; where some of it failed, what came all the same. */
  readonly partial: Data | undefined;
};

/** Under which key an answer is kept; with the document alone, the start of the keys of all its answers. */
export const settQueryKey = (
  document: Pick<TrustedDocument<unknown, unknown>, "name">,
  variables?: object,
): readonly unknown[] => ["sett", document.name, ...(variables ? [variables] : [])];

/** Asks, and keeps the answer. */
export function useSettQuery<Data, Variables extends object>(
  document: TrustedDocument<Data, Variables>,
  variables: Variables,
  options: SettQueryOptions<Data> = {},
): SettQueryResult<Data> {
  const { query } = useSett() as { readonly query: Ask };
  const result = useQuery<Data, SettError>({
    ...options,
    queryKey: settQueryKey(document, variables),
    queryFn: ({ signal }) => query(document, variables, { signal }),
  });
  const failed = result.error instanceof SettError ? (result.error.data as Data | undefined) : undefined;
  return { ...result, partial: result.data ?? failed };
}

/** Changes something when it is told to. */
export function useSettMutation<Data, Variables extends object, Context = unknown>(
  document: TrustedDocument<Data, Variables>,
  options: Omit<UseMutationOptions<Data, SettError, Variables, Context>, "mutationFn"> = {},
): UseMutationResult<Data, SettError, Variables, Context> {
  const { mutate } = useSett();
  return useMutation({ ...options, mutationFn: (variables) => mutate(document, variables) });
}

/** As the client asks, with variables that are always given: that is what a hook knows of them. */
type Ask = <Data, Variables>(
  document: TrustedDocument<Data, Variables>,
  variables: Variables,
  call?: Parameters<SettClient["query"]>[2],
) => Promise<Data>;
