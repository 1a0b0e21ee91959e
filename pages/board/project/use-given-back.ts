import { useEffect, useRef } from "react";
import type { ReadProject } from "./use-project.ts";

type Read = Pick<ReadProject, "project" | "refusal" | "readAnew">;

/**
 * Streams that ended by a refusal are over for good, whatever is allowed later. So the project is read anew, as whenever
 * somebody comes back to the page: an answer after a refusal says that the right was given back.
 */
export function useGivenBack(ended: unknown, { project, refusal, readAnew }: Read, onBack: () => void): void {
  const wasRefused = useRef(false);
  const isOver = ended !== undefined;
  useEffect(() => {
    if (isOver) readAnew();
  }, [isOver, readAnew]);
  useEffect(() => {
    if (!isOver) return;
    if (refusal !== undefined && project === undefined) wasRefused.current = true;
    else if (wasRefused.current && project !== undefined && refusal === undefined) onBack();
  }, [isOver, project, refusal, onBack]);
}
