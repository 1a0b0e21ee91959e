import { BoardProjectDocument, RateLimited, UpstreamUnavailable, type SettError } from "@sett/client";
import { settQueryKey, useSett } from "@sett/client/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import type { Place } from "../address.state.ts";
import type { Project } from "./project.types.ts";

/** A part that could not be read is asked for again this often, until it can. */
const retryMs = 5_000;

/** A project as it was read last, with what of it could not be. */
export interface ReadProject {
  readonly project: Project | undefined;
  /** Why nothing of it could be read now. */
  readonly refusal: unknown;
  readonly isLoading: boolean;
  /** What is wrong with one of its fields, if anything is. */
  readonly troubleWith: (field: keyof Project) => SettError | undefined;
  readonly readAnew: () => void;
}

/** Reads all that a project's page shows and nobody tells by themselves, in one query. */
export function useProject(place: Place): ReadProject {
  const client = useSett();
  const queries = useQueryClient();
  const answer = useQuery({
    queryKey: settQueryKey(BoardProjectDocument, place),
    queryFn: ({ signal }) => client.execute(BoardProjectDocument, place, { signal }),
    // Whoever was let in further or less far finds out when they come back to the page.
    refetchOnWindowFocus: "always",
    refetchInterval: ({ state }) =>
      state.error !== null || state.data?.errors.some(isPassing) ? retryMs : false,
  });
  const readAnew = useCallback(
    () => void queries.invalidateQueries({ queryKey: settQueryKey(BoardProjectDocument) }),
    [queries],
  );
  const { data, errors = [] } = answer.data ?? {};
  const refusal = answer.error ?? (data && !data.project ? errors[0] : undefined);
  const last = useRef<Project>(undefined);
  if (data?.project) last.current = withLast(data.project, last.current, errors);
  return {
    project: data?.project || isPassing(refusal) ? last.current : undefined,
    refusal,
    isLoading: answer.isPending,
    troubleWith: (field) => errors.find(({ path }) => path?.[1] === field),
    readAnew,
  };
}

const rights = ["mayWrite", "mayAdmin", "mayWriteFunctions", "mayAdminFunctions"] as const;

/** Why it is not known what the viewer may do, where it is not. */
export function troubleWithRights(troubleWith: ReadProject["troubleWith"]): SettError | undefined {
  return rights.map(troubleWith).find((error) => error !== undefined);
}

/** Whether it says nothing about the project: only that it could not be read just now. */
function isPassing(error: unknown): boolean {
  return error instanceof UpstreamUnavailable || error instanceof RateLimited;
}

/** What could not be read for now stays as it was read last. */
function withLast(project: Project, last: Project | undefined, errors: readonly SettError[]): Project {
  if (last === undefined) return project;
  const unread = new Set(errors.filter(isPassing).map(({ path }) => path?.[1]));
  return { ...project, ...Object.fromEntries(Object.entries(last).filter(([field]) => unread.has(field))) };
}
