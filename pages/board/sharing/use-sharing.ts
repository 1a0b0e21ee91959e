import { BoardCollaboratorsDocument } from "@sett/client";
import { settQueryKey } from "@sett/client/react";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Project } from "../project/project.types.ts";

/** Sharing asks for a permission over the project and one over its functions: the first that is lacking is the reason. */
export function sharingPermission({ mayAdmin, mayAdminFunctions }: Project) {
  return mayAdmin === true
    ? { permission: "functions:admin", may: mayAdminFunctions }
    : { permission: "project:admin", may: mayAdmin };
}

/** Reads anew who was let in. */
export function useCollaboratorsAnew(): () => void {
  const queries = useQueryClient();
  return useCallback(
    () => void queries.invalidateQueries({ queryKey: settQueryKey(BoardCollaboratorsDocument) }),
    [queries],
  );
}
