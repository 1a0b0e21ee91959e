import { IconEraser } from "@tabler/icons-react";
import { useDisclosure } from "@mantine/hooks";
import { ResetWorkspaceDocument } from "@sett/client";
import { ActionButton } from "../action/action.button.tsx";
import { ConfirmDialog } from "../action/confirm.dialog.tsx";
import { useAction } from "../action/use-action.ts";
import type { Project } from "./project.types.ts";

/** Puts the workspace back to what is committed, once that was asked for twice. */
export function ResetButton({ project: { producer, env, mayAdmin } }: { project: Project }) {
  const [isAsking, asking] = useDisclosure(false);
  const reset = useAction(ResetWorkspaceDocument, {
    title: "Reset the workspace",
    done: "It goes back to what is committed and installs itself anew.",
  });
  return (
    <>
      <ActionButton
        permission="project:admin"
        may={mayAdmin}
        isPending={reset.isPending}
        name="Reset the workspace"
        leftSection={<IconEraser size={14} aria-hidden />}
        onAct={asking.open}
      >
        Reset…
      </ActionButton>
      <ConfirmDialog
        isOpen={isAsking}
        title={`Reset the workspace of ${producer}?`}
        text="All that is not committed is lost, for everybody who works on the project."
        confirm="Reset it"
        onConfirm={() => reset.act({ input: { project: { producer, env } } })}
        onClose={asking.close}
      />
    </>
  );
}
