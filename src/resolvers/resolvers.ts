import "reflect-metadata";
import type { NonEmptyArray } from "type-graphql";
import { ApplyGatewayResolver } from "./apply-gateway.resolver.ts";
import { AuditResolver } from "./audit.resolver.ts";
import { AutoGatewayKeysResolver, AutoGatewayResolver } from "./auto-gateway.resolver.ts";
import { CanvasResolver } from "./canvas.resolver.ts";
import { CanvasWriteResolver } from "./canvas-write.resolver.ts";
import { CollaboratorResolver, RepoCollaboratorsResolver } from "./collaborator.resolver.ts";
import { ConsumerCredentialResolver } from "./consumer-credential.resolver.ts";
import { ConsumerWriteResolver } from "./consumer-write.resolver.ts";
import { ConsumersResolver, GatewayConsumersResolver } from "./consumer.resolver.ts";
import { ConnectionResolver } from "./connection.resolver.ts";
import { LiveGatewayMoreResolver, LiveGatewayResolver } from "./live-gateway.resolver.ts";
import { ModelDataSourceResolver } from "./model-data-source.resolver.ts";
import { ModelWriteResolver } from "./model-write.resolver.ts";
import { ProjectModelsResolver } from "./model.resolver.ts";
import { DeploymentChangeResolver } from "./deployment-change.resolver.ts";
import { DeploymentResolver } from "./deployment.resolver.ts";
import { EnvironmentOptionsResolver } from "./environment-options.resolver.ts";
import { EnvironmentResolver, ProducerProjectsResolver } from "./environment.resolver.ts";
import { FunctionWriteResolver } from "./function-write.resolver.ts";
import { FunctionResolver, ProjectFunctionsResolver } from "./function.resolver.ts";
import { DataSourceResolver } from "./data-source.resolver.ts";
import { NodeResolver } from "./node.resolver.ts";
import { PipelineResolver } from "./pipeline.resolver.ts";
import { PodChangeResolver } from "./pod-change.resolver.ts";
import { PodResolver, ProjectPodsResolver } from "./pod.resolver.ts";
import { PresenceResolver } from "./presence.resolver.ts";
import { PodLogsResolver } from "./pod-logs.resolver.ts";
import { PlatformResolver } from "./platform.resolver.ts";
import { ProducerResolver } from "./producer.resolver.ts";
import { ProjectChangeResolver } from "./project-change.resolver.ts";
import { PromotionResolver } from "./promotion.resolver.ts";
import { ProjectDeploymentResolver } from "./project-deployment.resolver.ts";
import { ProjectResolver } from "./project.resolver.ts";
import { ReconcileResolver } from "./reconcile.resolver.ts";
import { RepoFileResolver } from "./repo-file.resolver.ts";
import { RepoResolver } from "./repo.resolver.ts";
import { RestartResolver } from "./restart.resolver.ts";
import { SharedProjectsResolver } from "./shared-projects.resolver.ts";
import { SharingResolver } from "./sharing.resolver.ts";
import { SshKeyResolver } from "./ssh-key.resolver.ts";
import { FunctionStatusResolver, GatewayStatusResolver, ProjectStatusResolver } from "./status.resolver.ts";
import { UserResolver } from "./user.resolver.ts";
import { ViewerResolver } from "./viewer.resolver.ts";
import { WorkspaceFileResolver } from "./workspace-file.resolver.ts";
import { WorkspaceStatusResolver } from "./workspace-status.resolver.ts";
import { WorkspaceChangeResolver, WorkspaceResolver } from "./workspace.resolver.ts";

/** Every room of the graph; a new noun is added here. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- type-graphql's own type for a list of classes
export const resolvers: NonEmptyArray<Function> = [
  ViewerResolver,
  ProducerResolver,
  ProjectResolver,
  EnvironmentResolver,
  EnvironmentOptionsResolver,
  ProducerProjectsResolver,
  PromotionResolver,
  ProjectChangeResolver,
  PresenceResolver,
  ProjectStatusResolver,
  ProjectDeploymentResolver,
  ReconcileResolver,
  PlatformResolver,
  GatewayStatusResolver,
  FunctionStatusResolver,
  ProjectPodsResolver,
  PodResolver,
  PodChangeResolver,
  CanvasResolver,
  CanvasWriteResolver,
  ConnectionResolver,
  PipelineResolver,
  LiveGatewayResolver,
  LiveGatewayMoreResolver,
  ApplyGatewayResolver,
  AutoGatewayResolver,
  AutoGatewayKeysResolver,
  GatewayConsumersResolver,
  ConsumersResolver,
  ConsumerWriteResolver,
  ConsumerCredentialResolver,
  ProjectModelsResolver,
  ModelDataSourceResolver,
  ModelWriteResolver,
  DataSourceResolver,
  WorkspaceFileResolver,
  ProjectFunctionsResolver,
  FunctionResolver,
  FunctionWriteResolver,
  DeploymentResolver,
  DeploymentChangeResolver,
  WorkspaceResolver,
  WorkspaceChangeResolver,
  WorkspaceStatusResolver,
  PodLogsResolver,
  RestartResolver,
  SharingResolver,
  AuditResolver,
  SshKeyResolver,
  RepoResolver,
  RepoFileResolver,
  RepoCollaboratorsResolver,
  CollaboratorResolver,
  UserResolver,
  NodeResolver,
  SharedProjectsResolver,
];
