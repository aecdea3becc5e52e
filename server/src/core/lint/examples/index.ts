import type { Examples } from "../example";
import { examples as actionsContainer } from "./actions-container";
import { examples as composeSwarm } from "./compose-swarm";
import { examples as devcontainerCommand } from "./devcontainer-command";
import { examples as devcontainerOverrideCommand } from "./devcontainer-override-command";
import { examples as devcontainerUser } from "./devcontainer-user";
import { examples as imageBootTarget } from "./image-boot-target";
import { examples as imageBuildMount } from "./image-build-mount";
import { examples as imageCgroupVersion } from "./image-cgroup-version";
import { examples as imageCgroupVolume } from "./image-cgroup-volume";
import { examples as imageContainerEnv } from "./image-container-env";
import { examples as imageContainerEnvValue } from "./image-container-env-value";
import { examples as imageDbusMissing } from "./image-dbus-missing";
import { examples as imageEnableOrder } from "./image-enable-order";
import { examples as imageEntrypointExec } from "./image-entrypoint-exec";
import { examples as imageEnvLegacyForm } from "./image-env-legacy-form";
import { examples as imageEnvironment } from "./image-environment";
import { examples as imageHealthcheck } from "./image-healthcheck";
import { examples as imageIgnoredCommand } from "./image-ignored-command";
import { examples as imageInitPath } from "./image-init-path";
import { examples as imageMachineId } from "./image-machine-id";
import { examples as imageMetadataLost } from "./image-metadata-lost";
import { examples as imageNoInit } from "./image-no-init";
import { examples as imageNoSystemdDistribution } from "./image-no-systemd-distribution";
import { examples as imageNologin } from "./image-nologin";
import { examples as imagePolicyRcD } from "./image-policy-rc-d";
import { examples as imageResolved } from "./image-resolved";
import { examples as imageRunContent } from "./image-run-content";
import { examples as imageRunFlags } from "./image-run-flags";
import { examples as imageRuntimeVolume } from "./image-runtime-volume";
import { examples as imageShellFormInit } from "./image-shell-form-init";
import { examples as imageStopSignal } from "./image-stop-signal";
import { examples as imageSystemctlAtBuild } from "./image-systemctl-at-build";
import { examples as imageSystemctlReplaced } from "./image-systemctl-replaced";
import { examples as imageSystemdArgs } from "./image-systemd-args";
import { examples as imageSystemdMissing } from "./image-systemd-missing";
import { examples as imageTargetSkipsServices } from "./image-target-skips-services";
import { examples as imageUnitDeleted } from "./image-unit-deleted";
import { examples as imageUnitName } from "./image-unit-name";
import { examples as imageUserNotRoot } from "./image-user-not-root";
import { examples as imageUserSession } from "./image-user-session";
import { examples as imageWantsCleanup } from "./image-wants-cleanup";
import { examples as imageWorkAfterInit } from "./image-work-after-init";
import { examples as imageWorkloadNeeds } from "./image-workload-needs";
import { examples as kitchenCommand } from "./kitchen-command";
import { examples as kubernetesSystemd } from "./kubernetes-systemd";
import { examples as moleculeCommand } from "./molecule-command";
import { examples as quadletSystemd } from "./quadlet-systemd";
import { examples as runBootTarget } from "./run-boot-target";
import { examples as runCapabilityMissing } from "./run-capability-missing";
import { examples as runCapabilityUnneeded } from "./run-capability-unneeded";
import { examples as runCgroupHost } from "./run-cgroup-host";
import { examples as runCgroupNamespace } from "./run-cgroup-namespace";
import { examples as runCgroupPartial } from "./run-cgroup-partial";
import { examples as runCgroupReadOnly } from "./run-cgroup-read-only";
import { examples as runCgroupWritable } from "./run-cgroup-writable";
import { examples as runCommand } from "./run-command";
import { examples as runContainerEnv } from "./run-container-env";
import { examples as runEnvironment } from "./run-environment";
import { examples as runFlagAfterImage } from "./run-flag-after-image";
import { examples as runFuse } from "./run-fuse";
import { examples as runHostRun } from "./run-host-run";
import { examples as runIgnoredCommand } from "./run-ignored-command";
import { examples as runInit } from "./run-init";
import { examples as runNetworkHost } from "./run-network-host";
import { examples as runNoNewPrivileges } from "./run-no-new-privileges";
import { examples as runPidHost } from "./run-pid-host";
import { examples as runPodmanSystemd } from "./run-podman-systemd";
import { examples as runPrivileged } from "./run-privileged";
import { examples as runReadOnly } from "./run-read-only";
import { examples as runRestart } from "./run-restart";
import { examples as runSecurityOpt } from "./run-security-opt";
import { examples as runStopGrace } from "./run-stop-grace";
import { examples as runStopSignal } from "./run-stop-signal";
import { examples as runTmpfsRun } from "./run-tmpfs-run";
import { examples as runTmpfsTmp } from "./run-tmpfs-tmp";
import { examples as runTty } from "./run-tty";
import { examples as runUser } from "./run-user";
import { examples as unitConsole } from "./unit-console";

/** The examples of each rule, by its id. Generated from the rules; tests and pages use them. */
export const examples: Readonly<Record<string, Examples>> = {
  "actions-container": actionsContainer,
  "compose-swarm": composeSwarm,
  "devcontainer-command": devcontainerCommand,
  "devcontainer-override-command": devcontainerOverrideCommand,
  "devcontainer-user": devcontainerUser,
  "image-boot-target": imageBootTarget,
  "image-build-mount": imageBuildMount,
  "image-cgroup-version": imageCgroupVersion,
  "image-cgroup-volume": imageCgroupVolume,
  "image-container-env": imageContainerEnv,
  "image-container-env-value": imageContainerEnvValue,
  "image-dbus-missing": imageDbusMissing,
  "image-enable-order": imageEnableOrder,
  "image-entrypoint-exec": imageEntrypointExec,
  "image-env-legacy-form": imageEnvLegacyForm,
  "image-environment": imageEnvironment,
  "image-healthcheck": imageHealthcheck,
  "image-ignored-command": imageIgnoredCommand,
  "image-init-path": imageInitPath,
  "image-machine-id": imageMachineId,
  "image-metadata-lost": imageMetadataLost,
  "image-no-init": imageNoInit,
  "image-no-systemd-distribution": imageNoSystemdDistribution,
  "image-nologin": imageNologin,
  "image-policy-rc-d": imagePolicyRcD,
  "image-resolved": imageResolved,
  "image-run-content": imageRunContent,
  "image-run-flags": imageRunFlags,
  "image-runtime-volume": imageRuntimeVolume,
  "image-shell-form-init": imageShellFormInit,
  "image-stop-signal": imageStopSignal,
  "image-systemctl-at-build": imageSystemctlAtBuild,
  "image-systemctl-replaced": imageSystemctlReplaced,
  "image-systemd-args": imageSystemdArgs,
  "image-systemd-missing": imageSystemdMissing,
  "image-target-skips-services": imageTargetSkipsServices,
  "image-unit-deleted": imageUnitDeleted,
  "image-unit-name": imageUnitName,
  "image-user-not-root": imageUserNotRoot,
  "image-user-session": imageUserSession,
  "image-wants-cleanup": imageWantsCleanup,
  "image-work-after-init": imageWorkAfterInit,
  "image-workload-needs": imageWorkloadNeeds,
  "kitchen-command": kitchenCommand,
  "kubernetes-systemd": kubernetesSystemd,
  "molecule-command": moleculeCommand,
  "quadlet-systemd": quadletSystemd,
  "run-boot-target": runBootTarget,
  "run-capability-missing": runCapabilityMissing,
  "run-capability-unneeded": runCapabilityUnneeded,
  "run-cgroup-host": runCgroupHost,
  "run-cgroup-namespace": runCgroupNamespace,
  "run-cgroup-partial": runCgroupPartial,
  "run-cgroup-read-only": runCgroupReadOnly,
  "run-cgroup-writable": runCgroupWritable,
  "run-command": runCommand,
  "run-container-env": runContainerEnv,
  "run-environment": runEnvironment,
  "run-flag-after-image": runFlagAfterImage,
  "run-fuse": runFuse,
  "run-host-run": runHostRun,
  "run-ignored-command": runIgnoredCommand,
  "run-init": runInit,
  "run-network-host": runNetworkHost,
  "run-no-new-privileges": runNoNewPrivileges,
  "run-pid-host": runPidHost,
  "run-podman-systemd": runPodmanSystemd,
  "run-privileged": runPrivileged,
  "run-read-only": runReadOnly,
  "run-restart": runRestart,
  "run-security-opt": runSecurityOpt,
  "run-stop-grace": runStopGrace,
  "run-stop-signal": runStopSignal,
  "run-tmpfs-run": runTmpfsRun,
  "run-tmpfs-tmp": runTmpfsTmp,
  "run-tty": runTty,
  "run-user": runUser,
  "unit-console": unitConsole,
};
