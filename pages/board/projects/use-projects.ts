import { BoardProjectsDocument, Unauthenticated } from "@sett/client";
import { settQueryKey, useSett } from "@sett/client/react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { lookAgain } from "../../identity/identity.store.ts";

/** Nobody is told when somebody shares a project with them: it is looked for this often, and whenever one comes back. */
const lookMs = 60_000;

/** The viewer and every project that they can see, page by page. */
export function useProjects() {
  const client = useSett();
  const pages = useInfiniteQuery({
    queryKey: settQueryKey(BoardProjectsDocument),
    queryFn: ({ pageParam }) =>
      client.query(BoardProjectsDocument, {
        first: 50,
        ...(pageParam === undefined ? {} : { after: pageParam }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ viewer }) => {
      const info = viewer?.projects?.pageInfo;
      return info?.hasNextPage ? (info.endCursor ?? undefined) : undefined;
    },
    refetchInterval: lookMs,
    refetchOnWindowFocus: "always",
  });
  useEffect(() => {
    if (pages.error instanceof Unauthenticated) lookAgain();
  }, [pages.error]);
  const answers = pages.data?.pages ?? [];
  return {
    viewer: answers[0]?.viewer ?? undefined,
    projects: answers.flatMap(({ viewer }) => viewer?.projects?.nodes ?? []),
    total: answers[0]?.viewer?.projects?.totalCount ?? 0,
    error: pages.error,
    isLoading: pages.isPending,
    isReading: pages.isFetching,
    readAnew: () => void pages.refetch(),
    more: pages.hasNextPage ? () => void pages.fetchNextPage() : undefined,
  };
}

export type Projects = ReturnType<typeof useProjects>;
