import type { Rule } from "../rule";
import { imageBootTarget } from "./image-boot-target";
import { imageBuildMount } from "./image-build-mount";
import { imageCgroupVersion } from "./image-cgroup-version";
import { imageCgroupVolume } from "./image-cgroup-volume";
import { imageContainerEnv } from "./image-container-env";
import { imageContainerEnvValue } from "./image-container-env-value";
import { imageEnableOrder } from "./image-enable-order";
import { imageEnvLegacyForm } from "./image-env-legacy-form";
import { imageHealthcheck } from "./image-healthcheck";
import { imageInitPath } from "./image-init-path";
import { imageMachineId } from "./image-machine-id";
import { imageNoSystemdDistribution } from "./image-no-systemd-distribution";
import { imageNologin } from "./image-nologin";
import { imageRunFlags } from "./image-run-flags";
import { imageRuntimeVolume } from "./image-runtime-volume";
import { imageShellFormInit } from "./image-shell-form-init";
import { imageStopSignal } from "./image-stop-signal";
import { imageSystemctlAtBuild } from "./image-systemctl-at-build";
import { imageSystemdArgs } from "./image-systemd-args";
import { imageSystemdMissing } from "./image-systemd-missing";
import { imageTargetSkipsServices } from "./image-target-skips-services";
import { imageUnitDeleted } from "./image-unit-deleted";
import { imageUserNotRoot } from "./image-user-not-root";
import { imageWantsCleanup } from "./image-wants-cleanup";
import { imageWorkloadNeeds } from "./image-workload-needs";
import { runCgroupHost } from "./run-cgroup-host";
import { runCgroupNamespace } from "./run-cgroup-namespace";
import { runCgroupPartial } from "./run-cgroup-partial";
import { runCgroupReadOnly } from "./run-cgroup-read-only";
import { runCgroupWritable } from "./run-cgroup-writable";
import { runContainerEnv } from "./run-container-env";
import { runFuse } from "./run-fuse";
import { runHostRun } from "./run-host-run";
import { runInit } from "./run-init";
import { runNetworkHost } from "./run-network-host";
import { runNoNewPrivileges } from "./run-no-new-privileges";
import { runPidHost } from "./run-pid-host";
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

/** The catalogue, in the order of the pages. Generated from the files of this folder. */
export const rules: readonly Rule[] = [
  imageBootTarget,
  imageBuildMount,
  imageCgroupVersion,
  imageCgroupVolume,
  imageContainerEnv,
  imageContainerEnvValue,
  imageEnableOrder,
  imageEnvLegacyForm,
  imageHealthcheck,
  imageInitPath,
  imageMachineId,
  imageNoSystemdDistribution,
  imageNologin,
  imageRunFlags,
  imageRuntimeVolume,
  imageShellFormInit,
  imageStopSignal,
  imageSystemctlAtBuild,
  imageSystemdArgs,
  imageSystemdMissing,
  imageTargetSkipsServices,
  imageUnitDeleted,
  imageUserNotRoot,
  imageWantsCleanup,
  imageWorkloadNeeds,
  runCgroupHost,
  runCgroupNamespace,
  runCgroupPartial,
  runCgroupReadOnly,
  runCgroupWritable,
  runContainerEnv,
  runFuse,
  runHostRun,
  runInit,
  runNetworkHost,
  runNoNewPrivileges,
  runPidHost,
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
];
