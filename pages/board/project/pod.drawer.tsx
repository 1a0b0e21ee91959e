import { Drawer, Loader } from "@mantine/core";
import { lazy, Suspense, useRef } from "react";
import { podsIn } from "../entities/entity.rows.ts";
import type { Pod, Status } from "./project.types.ts";

const PodPanel = lazy(async () => ({ default: (await import("../pod/pod.panel.tsx")).PodPanel }));

/** A pod beside the page while one looks into it, also after it is gone: its last lines are often why. */
export function PodDrawer(props: {
  id: string | undefined;
  status: Status | undefined;
  onClose: () => void;
}) {
  const { id, status, onClose } = props;
  const last = useRef<Pod>(undefined);
  const now = podsIn(status).find((pod) => pod.id === id);
  if (now !== undefined) last.current = now;
  const pod = last.current;
  const isGone = id !== undefined && status !== undefined && now === undefined;
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      position="right"
      size="xl"
      title={`Pod ${pod?.name ?? ""}`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Suspense fallback={<Loader aria-label="Loading" />}>
        {pod && <PodPanel key={pod.id} pod={pod} isGone={isGone} />}
      </Suspense>
    </Drawer>
  );
}
