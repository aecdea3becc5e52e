import type { Rule } from "../rule";
import { actionsContainer } from "./actions-container";
import { composeSwarm } from "./compose-swarm";
import { devcontainerCommand } from "./devcontainer-command";
import { devcontainerOverrideCommand } from "./devcontainer-override-command";
import { devcontainerUser } from "./devcontainer-user";
import { imageBootTarget } from "./image-boot-target";
import { imageBuildMount } from "./image-build-mount";
import { imageCgroupVersion } from "./image-cgroup-version";
import { imageCgroupVolume } from "./image-cgroup-volume";
import { imageContainerEnv } from "./image-container-env";
import { imageContainerEnvValue } from "./image-container-env-value";
import { imageDbusMissing } from "./image-dbus-missing";
import { imageEnableOrder } from "./image-enable-order";
import { imageEntrypointExec } from "./image-entrypoint-exec";
import { imageEnvLegacyForm } from "./image-env-legacy-form";
import { imageEnvironment } from "./image-environment";
import { imageHealthcheck } from "./image-healthcheck";
import { imageIgnoredCommand } from "./image-ignored-command";
import { imageInitPath } from "./image-init-path";
import { imageMachineId } from "./image-machine-id";
import { imageMetadataLost } from "./image-metadata-lost";
import { imageNoInit } from "./image-no-init";
import { imageNoSystemdDistribution } from "./image-no-systemd-distribution";
import { imageNologin } from "./image-nologin";
import { imagePolicyRcD } from "./image-policy-rc-d";
import { imageResolved } from "./image-resolved";
import { imageRunContent } from "./image-run-content";
import { imageRunFlags } from "./image-run-flags";
import { imageRuntimeVolume } from "./image-runtime-volume";
import { imageShellFormInit } from "./image-shell-form-init";
import { imageStopSignal } from "./image-stop-signal";
import { imageSystemctlAtBuild } from "./image-systemctl-at-build";
import { imageSystemctlReplaced } from "./image-systemctl-replaced";
import { imageSystemdArgs } from "./image-systemd-args";
import { imageSystemdMissing } from "./image-systemd-missing";
import { imageTargetSkipsServices } from "./image-target-skips-services";
import { imageUnitDeleted } from "./image-unit-deleted";
import { imageUnitName } from "./image-unit-name";
import { imageUserNotRoot } from "./image-user-not-root";
import { imageUserSession } from "./image-user-session";
import { imageWantsCleanup } from "./image-wants-cleanup";
import { imageWorkAfterInit } from "./image-work-after-init";
import { imageWorkloadNeeds } from "./image-workload-needs";
import { kitchenCommand } from "./kitchen-command";
import { kubernetesSystemd } from "./kubernetes-systemd";
import { moleculeCommand } from "./molecule-command";
import { quadletSystemd } from "./quadlet-systemd";
import { runBootTarget } from "./run-boot-target";
import { runCapabilityMissing } from "./run-capability-missing";
import { runCapabilityUnneeded } from "./run-capability-unneeded";
import { runCgroupHost } from "./run-cgroup-host";
import { runCgroupNamespace } from "./run-cgroup-namespace";
import { runCgroupPartial } from "./run-cgroup-partial";
import { runCgroupReadOnly } from "./run-cgroup-read-only";
import { runCgroupWritable } from "./run-cgroup-writable";
import { runCommand } from "./run-command";
import { runContainerEnv } from "./run-container-env";
import { runEnvironment } from "./run-environment";
import { runFlagAfterImage } from "./run-flag-after-image";
import { runFuse } from "./run-fuse";
import { runHostRun } from "./run-host-run";
import { runIgnoredCommand } from "./run-ignored-command";
import { runInit } from "./run-init";
import { runNetworkHost } from "./run-network-host";
import { runNoNewPrivileges } from "./run-no-new-privileges";
import { runPidHost } from "./run-pid-host";
import { runPodmanSystemd } from "./run-podman-systemd";
import { runPrivileged } from "./run-privileged";
import { runReadOnly } from "./run-read-only";
import { runRestart } from "./run-restart";
import { runSecurityOpt } from "./run-security-opt";
import { runStopGrace } from "./run-stop-grace";
import { runStopSignal } from "./run-stop-signal";
import { runTmpfsRun } from "./run-tmpfs-run";
import { runTmpfsTmp } from "./run-tmpfs-tmp";
import { runTty } from "./run-tty";
import { runUser } from "./run-user";
import { unitConsole } from "./unit-console";

/** The catalogue, in the order of the pages. Generated from the files of this directory. */
export const rules: readonly Rule[] = [
  actionsContainer,
  composeSwarm,
  devcontainerCommand,
  devcontainerOverrideCommand,
  devcontainerUser,
  imageBootTarget,
  imageBuildMount,
  imageCgroupVersion,
  imageCgroupVolume,
  imageContainerEnv,
  imageContainerEnvValue,
  imageDbusMissing,
  imageEnableOrder,
  imageEntrypointExec,
  imageEnvLegacyForm,
  imageEnvironment,
  imageHealthcheck,
  imageIgnoredCommand,
  imageInitPath,
  imageMachineId,
  imageMetadataLost,
  imageNoInit,
  imageNoSystemdDistribution,
  imageNologin,
  imagePolicyRcD,
  imageResolved,
  imageRunContent,
  imageRunFlags,
  imageRuntimeVolume,
  imageShellFormInit,
  imageStopSignal,
  imageSystemctlAtBuild,
  imageSystemctlReplaced,
  imageSystemdArgs,
  imageSystemdMissing,
  imageTargetSkipsServices,
  imageUnitDeleted,
  imageUnitName,
  imageUserNotRoot,
  imageUserSession,
  imageWantsCleanup,
  imageWorkAfterInit,
  imageWorkloadNeeds,
  kitchenCommand,
  kubernetesSystemd,
  moleculeCommand,
  quadletSystemd,
  runBootTarget,
  runCapabilityMissing,
  runCapabilityUnneeded,
  runCgroupHost,
  runCgroupNamespace,
  runCgroupPartial,
  runCgroupReadOnly,
  runCgroupWritable,
  runCommand,
  runContainerEnv,
  runEnvironment,
  runFlagAfterImage,
  runFuse,
  runHostRun,
  runIgnoredCommand,
  runInit,
  runNetworkHost,
  runNoNewPrivileges,
  runPidHost,
  runPodmanSystemd,
  runPrivileged,
  runReadOnly,
  runRestart,
  runSecurityOpt,
  runStopGrace,
  runStopSignal,
  runTmpfsRun,
  runTmpfsTmp,
  runTty,
  runUser,
  unitConsole,
];
