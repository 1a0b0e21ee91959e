import { Group } from "@mantine/core";
import { IconPlayerStop, IconRefresh, IconRocket } from "@tabler/icons-react";
import { DeployFunctionDocument, RestartFunctionDocument, UndeployFunctionDocument } from "@sett/client";
import { useState } from "react";
import { ActionButton } from "../action/action.button.tsx";
import { useAction } from "../action/use-action.ts";
import type { Project } from "../project/project.types.ts";
import { DeploymentProgress } from "./deployment.progress.tsx";
import type { EntityRow } from "./entity.rows.ts";

/** What can be done with a function, and how far the deployment has come that was asked for here. */
export function FunctionActions({
  project,
  row: { name, running, isSaved },
}: {
  project: Project;
  row: EntityRow;
}) {
  const [deployment, setDeployment] = useState<string>();
  const deploy = useAction(DeployFunctionDocument, {
    title: `Deploy ${name}`,
    done: "It is on its way.",
    after: ({ deployFunction }) => setDeployment(deployFunction?.deployment.id),
  });
  const undeploy = useAction(UndeployFunctionDocument, {
    title: `Undeploy ${name}`,
    done: "It is being taken away.",
    after: ({ undeployFunction }) => setDeployment(undeployFunction?.deployment.id),
  });
  const restart = useAction(RestartFunctionDocument, {
    title: `Restart ${name}`,
    done: "Its pods are replaced.",
  });
  const variables = { input: { project: { producer: project.producer, env: project.env }, name } };
  const shared = { permission: "functions:write", may: project.mayWriteFunctions };
  return (
    <Group gap={6}>
      {deployment !== undefined && <DeploymentProgress key={deployment} id={deployment} />}
      {isSaved && (
        <ActionButton
          {...shared}
          isPending={deploy.isPending}
          name={`Deploy ${name}`}
          leftSection={<IconRocket size={14} aria-hidden />}
          onAct={() => deploy.act(variables)}
        >
          Deploy
        </ActionButton>
      )}
      {running?.running && (
        <>
          <ActionButton
            {...shared}
            isPending={undeploy.isPending}
            name={`Undeploy ${name}`}
            leftSection={<IconPlayerStop size={14} aria-hidden />}
            onAct={() => undeploy.act(variables)}
          >
            Undeploy
          </ActionButton>
          <ActionButton
            {...shared}
            isPending={restart.isPending}
            name={`Restart ${name}`}
            leftSection={<IconRefresh size={14} aria-hidden />}
            onAct={() => restart.act(variables)}
          >
            Restart
          </ActionButton>
        </>
      )}
    </Group>
  );
}
